import type { Once } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { Entity } from '../contracts/attempt';
import { EntityRowNotFoundError, EntityRowReferencedError } from '../errors';
import { ENTITY_NAMES } from '../rows/entity-row';
import { type UseStores, writeUnique } from '../run/insert-row';
import { storeOf } from '../run/plan-run';
import type { EntityRouter } from '../stores/entity-router';
import { RowStores, type StoreChoice } from './row-stores';

/** Removes one row that no order names. Throws EntityRowNotFoundError, EntityRowReferencedError. */
@Injectable()
export class RemoveRow {
  constructor(private readonly stores: RowStores) {}

  execute(choice: StoreChoice, entity: Entity, id: number, once?: Once<void, 'simulation'>): Promise<void> {
    return this.stores.write(choice, once, async ({ existing, router }) => {
      if (entity !== 'order' && (await isReferenced(entity, id, existing, router)))
        throw new EntityRowReferencedError(entity, id);
      const { table } = ENTITY_NAMES[entity];
      const store = storeOf(router, entity, id);
      const isThere = (await existing([store])).length > 0;
      if (!isThere) throw new EntityRowNotFoundError(entity, id);
      await writeUnique({ table, store }, existing, async (target) => {
        const wasThere = await target.remove(table, id);
        if (!wasThere) throw new EntityRowNotFoundError(entity, id);
      });
    });
  }
}

/** An order that is added in this moment is not seen: nothing is locked in two stores (docs/simulation.md). */
async function isReferenced(
  entity: 'user' | 'product',
  id: number,
  use: UseStores,
  router: EntityRouter,
): Promise<boolean> {
  for (const store of await use(router.storesOf('order')))
    if (await store.exists(ENTITY_NAMES.order.table, `${entity}_id`, id)) return true;
  return false;
}
