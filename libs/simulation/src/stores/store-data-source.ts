import Database from 'libsql';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { STORE_MIGRATIONS } from './migrations';
import { entitySchema } from './entities';
import { POSTGRES_SCHEMA } from './postgres-store';
import type { StorePlace } from './store-locations';

const CONNECT_TIMEOUT_MS = 3000;

/** Opens a store by TypeORM, for its migrations and for comparing it with its entity. Rows are written by the light drivers. */
export async function storeDataSource(
  { entity, location }: StorePlace,
  { changesNothing = false } = {},
): Promise<DataSource> {
  const shared = { entities: [entitySchema(entity, location.engine)], migrations: STORE_MIGRATIONS[entity] };
  const options: DataSourceOptions =
    location.engine === 'postgres'
      ? {
          ...shared,
          type: 'postgres',
          url: location.url,
          schema: POSTGRES_SCHEMA,
          extra: { max: 1, connectionTimeoutMillis: CONNECT_TIMEOUT_MS },
        }
      : {
          ...shared,
          type: 'better-sqlite3',
          driver: Database,
          database: location.file,
          enableWAL: true,
          timeout: 5000,
        };
  const source = await new DataSource(options).initialize();
  if (location.engine === 'postgres' && !changesNothing)
    await source.query(`create schema if not exists ${POSTGRES_SCHEMA}`);
  return source;
}
