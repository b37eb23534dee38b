import { join, resolve } from 'node:path';
import type { Config } from '@app/platform';
import { ENTITIES, type Entity } from '../contracts/attempt';
import type { Engine } from '../contracts/simulation-options';
import { StoreUnavailableError } from '../errors';
import { ENTITY_NAMES } from '../rows/entity-row';
import { storeName } from './entity-router';
import type { StoreLocation } from './store';

/** The settings that say where stores are. */
export type StoreSettings = Pick<
  Config,
  'databaseUrl' | 'DATA_DIR' | 'SIMULATION_USERS_URL' | 'SIMULATION_PRODUCTS_URL' | 'SIMULATION_ORDERS_URL'
>;

/** A store with what is in it and where it is. */
export interface StorePlace {
  name: string;
  entity: Entity;
  location: StoreLocation;
}

const URL_VARIABLES = {
  user: 'SIMULATION_USERS_URL',
  product: 'SIMULATION_PRODUCTS_URL',
  order: 'SIMULATION_ORDERS_URL',
} as const satisfies Record<Entity, keyof StoreSettings>;

/** The variable that moves an entity's stores to another database. */
export function urlVariable(entity: Entity): string {
  return URL_VARIABLES[entity];
}

/** All stores of all entities, in the order in which a run locks them. */
export function storePlaces(settings: StoreSettings, engine: Engine, shards: number): StorePlace[] {
  return ENTITIES.flatMap((entity) =>
    Array.from({ length: shards }, (_, shard) => ({
      name: storeName(entity, shard),
      entity,
      location:
        engine === 'sqlite' ? sqliteLocation(settings, entity, shard) : postgresLocation(settings, entity, shard),
    })),
  );
}

/** What people call a store: its database, or its file. */
export function placeTitle({ name, location }: StorePlace): string {
  return location.engine === 'sqlite' ? location.file.split(/[\\/]/).at(-1)! : name;
}

/** `.data/simulation/users.db`, further shards `users_2.db`. */
function sqliteLocation({ DATA_DIR }: StoreSettings, entity: Entity, shard: number): StoreLocation {
  const { file } = ENTITY_NAMES[entity];
  return {
    engine: 'sqlite',
    file: join(resolve(DATA_DIR), 'simulation', shard === 0 ? `${file}.db` : `${file}_${shard + 1}.db`),
  };
}

/** Databases on the product's own server, unless a variable names another; further shards are its neighbours `…_2`, `…_3`. */
function postgresLocation(settings: StoreSettings, entity: Entity, shard: number): StoreLocation {
  const own = settings[URL_VARIABLES[entity]];
  if (!own && !settings.databaseUrl)
    throw new StoreUnavailableError(
      storeName(entity, shard),
      'no database is set',
      `set DATABASE_URL or ${URL_VARIABLES[entity]}, or use the engine sqlite.`,
    );
  const url = new URL(own ?? settings.databaseUrl);
  if (!own) url.pathname = `/${storeName(entity, shard)}`;
  else if (shard > 0) url.pathname = `${url.pathname}_${shard + 1}`;
  return { engine: 'postgres', url: url.href };
}
