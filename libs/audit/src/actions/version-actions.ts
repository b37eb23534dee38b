import { textLiterals } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type TrackedTable, versionsOf } from '../versions.repository';
import type { ActionFilter, ActionSource } from './action';
import { type ActionSelect, type Bind, SelectedActions } from './selected-actions';

/** What happens to a row. Who deleted one is not known: nothing of the product does. */
export const VERSION_ACTIONS = ['created', 'updated', 'deleted'] as const;

/**
 * Who makes most of the changes: processes, and whoever sends requests without a credential. The indexes of actors leave them out, so
 * that an order on its usual way pays for none; they are looked for in the order of time, where they are everywhere.
 */
export const COMMON_ACTORS = ['api', 'worker', 'scheduler'] as const;
const COMMON = `array[${textLiterals(COMMON_ACTORS)}]`;

/** The condition of the partial indexes of actors. A query has to say it in the same words. */
const isUncommon = (column: string) => `${column} <> all (${COMMON})`;

/** Conditions on what is told, for the parts of a filter that no index serves. */
export function filtersOf(filter: Pick<ActionFilter, 'actorText' | 'action' | 'from' | 'until'>, bind: Bind): string[] {
  const { actorText, action, from, until } = filter;
  const at = (time: Date) => `(extract(epoch from ${bind(time)}::timestamptz) * 1000000)::bigint`;
  return [
    ...(actorText === undefined ? [] : [`actor_text = ${bind(actorText)}`]),
    ...(action === undefined ? [] : [`action = ${bind(action)}`]),
    ...(from ? [`at >= ${at(from)}`] : []),
    ...(until ? [`at < ${at(until)}`] : []),
  ];
}

/** What is told of a change from the row `before` to the row `after`, both as JSON; one of them may be null. */
const TOLD_OF_ROWS = {
  actor_text: `after ->> 'changed_by'`,
  request_id: `after ->> 'request_id'`,
  reason: `after ->> 'change_reason'`,
  before: 'before',
  after: 'after',
};

/** Which version a change made; none when it ended the last one, or when it is not kept any more. */
function versionOf(version: string): string {
  return `case when after is null then '{}'::jsonb else jsonb_build_object('version', ${version}) end`;
}

/**
 * The changes of a tracked table, each found where an index has it:
 * - of one row: by its id;
 * - of an uncommon actor: by the actor, among the superseded versions and among the current ones;
 * - all others: creations by the time of creation, changes by the time at which they superseded a version.
 */
@Injectable()
export class VersionActions {
  constructor(private readonly dataSource: DataSource) {}

  of(table: TrackedTable): ActionSource[] {
    const { name } = table;
    const isCommon = ({ actorText }: ActionFilter) =>
      actorText === undefined || COMMON_ACTORS.some((common) => common === actorText);
    const byTime = (filter: ActionFilter) => filter.id === undefined && isCommon(filter);
    const byActor = (filter: ActionFilter) => filter.id === undefined && !isCommon(filter);
    const isOneOf = ({ action }: ActionFilter, actions: readonly string[]) =>
      action === undefined || actions.includes(action);
    const source = (
      serves: (filter: ActionFilter) => boolean,
      select: (table: TrackedTable, filter: ActionFilter, bind: Bind) => ActionSelect,
    ) => new SelectedActions(this.dataSource, name, serves, (filter, bind) => select(table, filter, bind));
    return [
      source((filter) => byTime(filter) && isOneOf(filter, ['created']), creations),
      source((filter) => byTime(filter) && isOneOf(filter, ['updated', 'deleted']), supersessions),
      source((filter) => byActor(filter) && isOneOf(filter, ['created', 'updated']), supersededOfActor),
      source((filter) => byActor(filter) && isOneOf(filter, ['created', 'updated']), currentOfActor),
      source((filter) => filter.id !== undefined && isOneOf(filter, VERSION_ACTIONS), changesOfRow),
    ];
  }
}

/** Rows by their creation. Who made the first version is in that version, as long as it is kept. */
function creations(table: TrackedTable, { actorText }: ActionFilter, bind: Bind): ActionSelect {
  return {
    from: `${table.live} current`,
    where: [],
    time: 'current.created_at',
    keys: [['current.id', table.idType]],
    columns: ['current.id', 'current.version', 'to_jsonb(current) as row'],
    joins: `left join ${versionsOf(table)} first on first.id = scanned.id and first.version = 1
            cross join lateral (select null::jsonb as before,
                                       case when scanned.version = 1 then scanned.row else first.row end as after) pair`,
    tells: { ...TOLD_OF_ROWS, action: `'created'`, id: 'scanned.id::text', details: versionOf('1') },
    filters: filtersOf({ actorText }, bind),
  };
}

/** Versions by the time at which the next one took their place, or at which their row was deleted. */
function supersessions(table: TrackedTable, { actorText, action }: ActionFilter, bind: Bind): ActionSelect {
  return {
    from: `${versionsOf(table)} version`,
    where: [],
    time: 'version.superseded_at',
    keys: [
      ['version.id', table.idType],
      ['version.version', 'integer'],
    ],
    columns: ['version.id', 'version.version', 'version.row'],
    joins: `left join ${versionsOf(table)} next on next.id = scanned.id and next.version = scanned.version + 1
            left join ${table.live} current on current.id = scanned.id and current.version = scanned.version + 1
            cross join lateral (select scanned.row as before, coalesce(next.row, to_jsonb(current)) as after) pair`,
    tells: {
      ...TOLD_OF_ROWS,
      action: `case when after is null then 'deleted' else 'updated' end`,
      id: 'scanned.id::text',
      details: versionOf('scanned.version + 1'),
    },
    // Nearly all of them are updates: to look for these is to read what is shown.
    filters: filtersOf({ actorText, action }, bind),
  };
}

/** Versions that an actor made and that are superseded, by the time at which they were made. */
function supersededOfActor(table: TrackedTable, { actorText, action }: ActionFilter, bind: Bind): ActionSelect {
  return {
    from: `${versionsOf(table)} version`,
    where: [`version.row ->> 'changed_by' = ${bind(actorText)}`, isUncommon(`version.row ->> 'changed_by'`)],
    time: 'audit.changed_at(version.row)',
    keys: [
      ['version.id', table.idType],
      ['version.version', 'integer'],
    ],
    columns: ['version.id', 'version.version', 'version.row'],
    ...tellVersion(table),
    filters: filtersOf({ action }, bind),
  };
}

/** Rows whose current version an actor made. */
function currentOfActor(table: TrackedTable, { actorText, action }: ActionFilter, bind: Bind): ActionSelect {
  return {
    from: `${table.live} current`,
    where: [`current.changed_by = ${bind(actorText)}`, isUncommon('current.changed_by')],
    time: 'current.updated_at',
    keys: [['current.id', table.idType]],
    columns: ['current.id', 'current.version', 'to_jsonb(current) as row'],
    ...tellVersion(table),
    filters: filtersOf({ action }, bind),
  };
}

/** Every version of one row, the current one included, and its end. */
function changesOfRow(
  table: TrackedTable,
  { id, actorText, action, from, until }: ActionFilter,
  bind: Bind,
): ActionSelect {
  const row = `${bind(id)}::${table.idType}`;
  const versions = versionsOf(table);
  return {
    from: ({ where, order, limit }) =>
      `(select id, version, to_jsonb(current) as row, null::timestamptz as ended from ${table.live} current where id = ${row}
        union all
        (select version.id, version.version, version.row, null from ${versions} version
          where version.id = ${row} and ${where} order by ${order} limit ${limit})
        union all
        (select id, version + 1, null, superseded_at from ${versions} last
          where id = ${row} and not exists (select from ${table.live} current where current.id = ${row})
          order by version desc limit 1)) version`,
    where: [],
    // The moment at which the version before it was superseded, as the list of all tells it.
    time: `coalesce((select superseded_at from ${versions} previous where previous.id = version.id and previous.version = version.version - 1),
                    version.ended, audit.changed_at(version.row))`,
    keys: [['version.version', 'integer']],
    isSortedByKeys: true,
    columns: ['version.id', 'version.version', 'version.row'],
    ...tellVersion(table),
    filters: filtersOf({ actorText, action, from, until }, bind),
  };
}

/** What a version tells: that it was made of the one before. */
function tellVersion(table: TrackedTable): Pick<ActionSelect, 'joins' | 'tells'> {
  return {
    joins: `left join ${versionsOf(table)} previous on previous.id = scanned.id and previous.version = scanned.version - 1
            cross join lateral (select previous.row as before, scanned.row as after) pair`,
    tells: {
      ...TOLD_OF_ROWS,
      action: `case when after is null then 'deleted' when scanned.version = 1 then 'created' else 'updated' end`,
      id: 'scanned.id::text',
      details: versionOf('scanned.version'),
    },
  };
}
