import type { Once } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { Entity } from '../contracts/attempt';
import { ID_MAX } from '../contracts/simulation-rows';
import { EntityRowTakenError, NoIdLeftError } from '../errors';
import { ENTITY_NAMES } from '../rows/entity-row';
import { idTaken, insertUnique, type UseStores } from '../run/insert-row';
import { routeRow } from '../run/plan-run';
import type { EntityRouter } from '../stores/entity-router';
import { DuplicateIdError } from '../stores/store';
import { RowStores, type StoreChoice } from './row-stores';
import { entityRow, type RowOf } from './stored-row';
import { requireReferences, requireStrict } from './strict-row';

/** Others may take the id that is next in the same moment: so often another one is tried. */
const ID_TRIES_MAX = 10;

/**
 * Adds one row by the strict rules, under the id that is given or the next one that is free. Throws InvalidInputError,
 * EntityRowTakenError, NoIdLeftError.
 */
@Injectable()
export class AddRow {
  constructor(private readonly stores: RowStores) {}

  async execute<Of extends Entity>(
    choice: StoreChoice,
    entity: Of,
    { id, rowWith }: { id: number | undefined; rowWith: (id: number) => RowOf[Of] },
    once?: Once<RowOf[Of], 'simulation'>,
  ): Promise<RowOf[Of]> {
    requireStrict(entityRow(entity, rowWith(id ?? 1)));
    return this.stores.write(choice, once, async ({ made, router }) => {
      for (let tried = 1; ; tried++) {
        const row = rowWith(id ?? (await nextId(entity, made, router)));
        try {
          await insert(entity, row, made, router);
          return row;
        } catch (error) {
          const isIdTaken = error instanceof DuplicateIdError;
          if (isIdTaken && id === undefined && tried < ID_TRIES_MAX) continue;
          throw isIdTaken ? new EntityRowTakenError([idTaken(row.id)]) : error;
        }
      }
    });
  }
}

async function insert<Of extends Entity>(
  entity: Of,
  row: RowOf[Of],
  use: UseStores,
  router: EntityRouter,
): Promise<void> {
  const routed = routeRow(entityRow(entity, row), router, 'strict', true);
  await requireReferences(routed, use);
  const refused = await insertUnique(routed, use, 0);
  if (refused) throw new EntityRowTakenError(refused);
}

async function nextId(entity: Entity, use: UseStores, router: EntityRouter): Promise<number> {
  const { table } = ENTITY_NAMES[entity];
  let greatest = 0;
  for (const store of await use(router.storesOf(entity))) {
    const [last] = await store.read(table, { descending: true, limit: 1, offset: 0 });
    greatest = Math.max(greatest, Number(last?.id ?? 0));
  }
  if (greatest >= ID_MAX) throw new NoIdLeftError(entity);
  return greatest + 1;
}
