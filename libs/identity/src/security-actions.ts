import {
  type ActionFilter,
  type ActionSelect,
  type ActionSource,
  type Bind,
  filtersOf,
  SelectedActions,
} from '@app/audit';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SECURITY_EVENT_TYPES } from './security-events';

/** What happened to accounts and credentials: who did it, from where, and by which request. */
@Injectable()
export class SecurityActions {
  constructor(private readonly dataSource: DataSource) {}

  sources(): ActionSource[] {
    const serves = ({ action }: ActionFilter) =>
      action === undefined || SECURITY_EVENT_TYPES.some((known) => known === action);
    return [new SelectedActions(this.dataSource, 'user', serves, select)];
  }
}

/** By account, else by actor, else by what happened, else by time: each has an index. */
function select({ id, actorText, action }: ActionFilter, bind: Bind): ActionSelect {
  const [served, filter] =
    id !== undefined
      ? [`event.user_id = ${bind(id)}::uuid`, { actorText, action }]
      : actorText !== undefined
        ? [`event.principal = ${bind(actorText)}`, { action }]
        : [action === undefined ? 'true' : `event.type = ${bind(action)}`, {}];
  return {
    from: 'identity.security_events event',
    where: [served],
    time: 'event.at',
    keys: [['event.id', 'bigint']],
    columns: [
      'event.id as event_id',
      'event.type',
      'event.principal',
      'event.user_id',
      'event.request_id',
      'event.address',
      'event.details',
    ],
    tells: {
      action: 'scanned.type',
      actor_text: 'scanned.principal',
      id: 'scanned.user_id::text',
      request_id: 'scanned.request_id',
      reason: 'null::text',
      before: 'null::jsonb',
      after: 'null::jsonb',
      details: `scanned.details || jsonb_strip_nulls(jsonb_build_object('address', scanned.address))`,
    },
    filters: filtersOf(filter, bind),
  };
}
