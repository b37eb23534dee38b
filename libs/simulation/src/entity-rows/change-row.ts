import type { Once } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { Entity } from '../contracts/attempt';
import { EntityRowNotFoundError, EntityRowTakenError } from '../errors';
import { ENTITY_NAMES } from '../rows/entity-row';
import { columnsOf, writeUnique } from '../run/insert-row';
import { routeRow, storeOf } from '../run/plan-run';
import { RowStores, type StoreChoice } from './row-stores';
import { entityRow, type RowOf, storedRow } from './stored-row';
import { requireReferences, requireStrict } from './strict-row';

/**
 * Changes one row by the strict rules; only the columns that become others are written, so that two who change different ones do
 * not undo each other. Throws EntityRowNotFoundError, InvalidInputError, EntityRowTakenError.
 */
@Injectable()
export class ChangeRow {
  constructor(private readonly stores: RowStores) {}

  execute<Of extends Entity>(
    choice: StoreChoice,
    entity: Of,
    id: number,
    change: (row: RowOf[Of]) => RowOf[Of],
    once?: Once<RowOf[Of], 'simulation'>,
  ): Promise<RowOf[Of]> {
    return this.stores.write(choice, once, async ({ existing, made, router }) => {
      const { table } = ENTITY_NAMES[entity];
      const store = storeOf(router, entity, id);
      const [home] = await existing([store]);
      const found = await home?.find(table, id);
      if (!found) throw new EntityRowNotFoundError(entity, id);
      const changed = change(storedRow(entity, found));
      const row = entityRow(entity, changed);
      requireStrict(row);
      const columns = Object.entries(columnsOf(row, false)).filter(([column, value]) => found[column] !== value);
      if (columns.length === 0) return changed;
      const { references, unique } = routeRow(row, router, 'strict', true);
      const isChanged = (column: string) => columns.some(([name]) => name === column);
      await requireReferences(
        { references: references.filter((reference) => isChanged(`${reference.entity}_id`)) },
        made,
      );
      const refused = await writeUnique(
        { table, store, unique: unique && isChanged(unique.column) ? unique : undefined, exceptId: id },
        made,
        async (target) => {
          const isThere = await target.update(table, id, Object.fromEntries(columns));
          if (!isThere) throw new EntityRowNotFoundError(entity, id);
        },
      );
      if (refused) throw new EntityRowTakenError(refused);
      return changed;
    });
  }
}
