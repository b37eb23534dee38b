import { ENTITIES, type Entity } from './contracts/attempt';
import { ENTITY_NAMES } from './rows/entity-row';
import { ownStore } from './stores/owned-store';
import { STORE_MIGRATIONS } from './stores/migrations';
import { storeDataSource } from './stores/store-data-source';
import type { StorePlace } from './stores/store-locations';

export interface StoreMigrations {
  store: string;
  name: string;
  applied: boolean;
}

/** The entity whose store has this name, such as `users_db`; undefined for every other name. */
export function entityOfDatabase(database: string): Entity | undefined {
  return ENTITIES.find((entity) => ENTITY_NAMES[entity].database === database);
}

/** Makes these stores and brings them up to date. Gives what was applied, by store. */
export async function migrateStores(places: readonly StorePlace[]): Promise<{ store: string; name: string }[]> {
  const applied: { store: string; name: string }[] = [];
  for (const place of places) {
    const store = await ownStore(place);
    try {
      for (const name of await store.migrate()) applied.push({ store: place.name, name });
    } finally {
      await store.release();
    }
  }
  return applied;
}

/** Removes all rows of these stores. */
export async function emptyStores(places: readonly StorePlace[]): Promise<void> {
  for (const place of places) {
    const store = await ownStore(place);
    try {
      await store.migrate();
      await store.empty();
    } finally {
      await store.release();
    }
  }
}

/** Every migration of these stores, and whether it was applied. A store that is not there lacks all of its own. */
export async function storeMigrationStatus(places: readonly StorePlace[]): Promise<StoreMigrations[]> {
  const rows: StoreMigrations[] = [];
  for (const place of places) {
    const applied = await appliedNames(place);
    for (const { name } of STORE_MIGRATIONS[place.entity])
      rows.push({ store: place.name, name, applied: applied.has(name) });
  }
  return rows;
}

async function appliedNames(place: StorePlace): Promise<Set<string>> {
  const source = await storeDataSource(place, { changesNothing: true }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === '3D000') return undefined;
    throw error;
  });
  if (!source) return new Set();
  try {
    const table = place.location.engine === 'postgres' ? 'simulation.migrations' : 'migrations';
    // Given back before the next query: there is one connection.
    const runner = source.createQueryRunner();
    let isThere: boolean;
    try {
      isThere = await runner.hasTable(table);
    } finally {
      await runner.release();
    }
    if (!isThere) return new Set();
    const found = await source.query<{ name: string }[]>(`select name from ${table}`);
    return new Set(found.map(({ name }) => name));
  } finally {
    await source.destroy();
  }
}
