import { Injectable } from '@nestjs/common';
import type { Entity } from '../contracts/attempt';
import { EntityRowNotFoundError } from '../errors';
import { ENTITY_NAMES } from '../rows/entity-row';
import { storeOf } from '../run/plan-run';
import type { RowSlice } from '../stores/store';
import { RowStores, type StoreChoice } from './row-stores';
import { type RowOf, storedRow } from './stored-row';

/** Reads rows from the stores in which the router says that they are. */
@Injectable()
export class ReadRows {
  constructor(private readonly stores: RowStores) {}

  /** Throws EntityRowNotFoundError. */
  async get<Of extends Entity>(choice: StoreChoice, entity: Of, id: number): Promise<RowOf[Of]> {
    const found = await this.stores.read(choice, async ({ existing, router }) => {
      const [store] = await existing([storeOf(router, entity, id)]);
      return store?.find(ENTITY_NAMES[entity].table, id);
    });
    if (!found) throw new EntityRowNotFoundError(entity, id);
    return storedRow(entity, found);
  }

  /** By id, over all shards. */
  async list<Of extends Entity>(choice: StoreChoice, entity: Of, slice: RowSlice): Promise<RowOf[Of][]> {
    const { limit, offset, descending } = slice;
    const found = await this.stores.read(choice, async ({ existing, router }) => {
      const stores = await existing(router.storesOf(entity));
      const { table } = ENTITY_NAMES[entity];
      if (stores.length === 1) return stores[0]!.read(table, slice);
      // Each may have all rows of the page.
      const read = await Promise.all(
        stores.map((store) => store.read(table, { ...slice, limit: offset + limit, offset: 0 })),
      );
      return read
        .flat()
        .sort((one, other) => (Number(one.id) - Number(other.id)) * (descending ? -1 : 1))
        .slice(offset, offset + limit);
    });
    return found.map((values) => storedRow(entity, values));
  }

  /** How many rows there are, at most `max`. */
  count(choice: StoreChoice, entity: Entity, max: number): Promise<number> {
    return this.stores.read(choice, async ({ existing, router }) => {
      const stores = await existing(router.storesOf(entity));
      const counts = await Promise.all(stores.map((store) => store.count(ENTITY_NAMES[entity].table, max)));
      return Math.min(
        max,
        counts.reduce((sum, each) => sum + each, 0),
      );
    });
  }
}
