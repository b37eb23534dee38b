import {
  type Action,
  type ActionFilter,
  type ActionSource,
  countActions,
  findActions,
  VersionActions,
} from '@app/audit';
import { SecurityActions } from '@app/identity';
import { LimitChangesRepository, StockActions } from '@app/inventory';
import { TRACKED_ORDERS } from '@app/orders';
import { TRACKED_PRODUCTS } from '@app/products';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type PageWish, Paging } from '../http/paging';
import { ActorNames } from './actor-names';
import { toAuditEntry } from './audit.response';

/** What is known of who did what, of all contexts, as one list. */
@Injectable()
export class AuditTrail {
  /** Cursors hold the position of a source: a new one is added at the end. */
  private readonly sources: readonly ActionSource[];

  constructor(
    versions: VersionActions,
    stock: StockActions,
    security: SecurityActions,
    private readonly limitChanges: LimitChangesRepository,
    private readonly names: ActorNames,
    private readonly paging: Paging,
  ) {
    this.sources = [
      ...versions.of(TRACKED_ORDERS),
      ...versions.of(TRACKED_PRODUCTS),
      ...stock.sources(),
      ...security.sources(),
    ];
  }

  async page(filter: ActionFilter, wish: PageWish, request: FastifyRequest) {
    const page = await this.paging.page(
      request,
      {
        list: 'audit',
        wish,
        fetch: async (key, backwards, { limit }) => {
          const after = key && { at: Number(key[0]), rank: Number(key[1]), key: String(key[2]) };
          const query = { ...filter, descending: !backwards, after, limit };
          const { actions, stoppedAt } = await findActions(this.sources, query);
          return { rows: actions, ...(stoppedAt && { stoppedAt: keyOf({ place: stoppedAt }) }) };
        },
        keyOf,
        count: (max) => countActions(this.sources, filter, max),
      },
      (action) => action,
    );
    const names = await this.names.find(page.results.map(({ actorText }) => actorText));
    const limits = await this.limitsOf(page.results);
    return { ...page, results: page.results.map((action) => toAuditEntry(action, names, limits.get(action) ?? [])) };
  }

  /** The changes of thresholds and capacities that came with changes of products. */
  private async limitsOf(actions: readonly Action[]) {
    const versions = actions.flatMap((action) =>
      action.entity === TRACKED_PRODUCTS.name && action.action === 'updated'
        ? [{ action, productId: Number(action.id), version: Number(action.details.version) }]
        : [],
    );
    const changes = versions.length > 0 ? await this.limitChanges.findOf(versions) : [];
    return new Map(
      versions.map(({ action, productId, version }) => [
        action,
        changes.filter((change) => change.productId === productId && change.productVersion === version),
      ]),
    );
  }
}

function keyOf({ place: { at, rank, key } }: Pick<Action, 'place'>): (string | number)[] {
  return [at, rank, key];
}
