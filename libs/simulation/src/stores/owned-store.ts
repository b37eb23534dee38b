import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { isRecord } from '@app/platform';
import Database from 'libsql';
import { Client } from 'pg';
import { StoreInUseError, StoreUnavailableError } from '../errors';
import { ENTITY_NAMES } from '../rows/entity-row';
import { POSTGRES_SCHEMA } from './postgres-store';
import { storeDataSource } from './store-data-source';
import { type StorePlace, urlVariable } from './store-locations';

/** A lock of the session: Postgres lets go of it when its holder is gone, however that came. */
const OWNER_LOCK = 7_203_114_552;
const CONNECT_TIMEOUT_MS = 3000;
const INVALID_CATALOG_NAME = '3D000';
const DUPLICATE_DATABASE = new Set(['42P04', '23505']);

/** A store that this process has to itself: nobody else migrates it, empties it, or runs a simulation on it. */
export interface OwnedStore {
  readonly place: StorePlace;
  /** `PostgreSQL 18.4`, `SQLite 3.45.1`. */
  readonly version: string;
  /** Makes the table ready and returns the names of the migrations that were applied. */
  migrate: () => Promise<string[]>;
  /** Removes all rows; the ids that the store makes begin at 1 again. */
  empty: () => Promise<void>;
  /** How many more connections the server takes; undefined where there is no such bound. */
  freeConnections: () => Promise<number | undefined>;
  /** Lets others have it. Never fails. */
  release: () => Promise<void>;
}

/** Makes the database or the file when it is not there, and locks it. Throws {@link StoreInUseError}, {@link StoreUnavailableError}. */
export async function ownStore(place: StorePlace): Promise<OwnedStore> {
  try {
    return await (place.location.engine === 'postgres'
      ? ownPostgres(place, place.location.url)
      : ownSqlite(place, place.location.file));
  } catch (error) {
    if (error instanceof StoreInUseError) throw error;
    throw unavailable(place, error);
  }
}

/** All of them, or none. */
export async function ownStores(places: readonly StorePlace[]): Promise<OwnedStore[]> {
  const owned: OwnedStore[] = [];
  try {
    for (const place of places) owned.push(await ownStore(place));
    return owned;
  } catch (error) {
    await Promise.all(owned.map((store) => store.release()));
    throw error;
  }
}

async function ownPostgres(place: StorePlace, url: string): Promise<OwnedStore> {
  const client = await connectOrCreate(url);
  // Its own end is nobody's business here: the threads notice by themselves that the store is gone.
  client.on('error', () => undefined);
  const release = () => client.end().catch(() => undefined);
  try {
    const { rows } = await client.query<{ locked: boolean; version: string }>(
      `select pg_try_advisory_lock($1) as locked, current_setting('server_version') as version`,
      [OWNER_LOCK],
    );
    if (!rows[0]?.locked) throw new StoreInUseError(place.name);
    return {
      place,
      version: `PostgreSQL ${rows[0].version.split(' ')[0]}`,
      migrate: () => migrate(place),
      empty: async () => {
        await client.query(`truncate ${POSTGRES_SCHEMA}.${ENTITY_NAMES[place.entity].table} restart identity`);
      },
      freeConnections: async () => {
        const { rows } = await client.query<{ free: number }>(
          `select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                  - count(*)::int as free
             from pg_stat_activity where backend_type = 'client backend'`,
        );
        return rows[0]?.free;
      },
      release,
    };
  } catch (error) {
    await release();
    throw error;
  }
}

async function connectOrCreate(url: string): Promise<Client> {
  try {
    return await connect(url);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== INVALID_CATALOG_NAME) throw error;
  }
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  const admin = await connect(Object.assign(new URL(url), { pathname: '/postgres' }).href);
  try {
    await admin.query(`create database ${admin.escapeIdentifier(name)}`);
  } catch (error) {
    // Somebody else made it in the same moment.
    if (!(error instanceof Error) || !('code' in error) || !DUPLICATE_DATABASE.has(String(error.code))) throw error;
  } finally {
    await admin.end();
  }
  return connect(url);
}

async function connect(url: string): Promise<Client> {
  const client = new Client({
    connectionString: url,
    application_name: 'order-fulfillment simulation owner',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  await client.connect();
  return client;
}

/** The lock is a file of its own: locking the store itself would keep its writers out. */
async function ownSqlite(place: StorePlace, file: string): Promise<OwnedStore> {
  makeFolder(dirname(dirname(file)));
  makeFolder(dirname(file));
  const lock = new Database(`${file}.lock`, { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY'))
      throw new StoreInUseError(place.name);
    throw error;
  }
  return {
    place,
    version: `SQLite ${sqliteVersion()}`,
    migrate: () => migrate(place),
    empty: async () => {
      const database = new Database(file, { timeout: 5000 });
      try {
        database.exec(`delete from ${ENTITY_NAMES[place.entity].table}`);
        database.exec(`delete from sqlite_sequence where name = '${ENTITY_NAMES[place.entity].table}'`);
      } finally {
        database.close();
      }
    },
    freeConnections: async () => undefined,
    release: async () => {
      // Closing alone would let go of the file only when the garbage collector has been at its statements.
      lock.exec('rollback');
      lock.close();
    },
  };
}

/** Not with `recursive`: where nobody can make folders, as in /proc, Node 20 never comes back from it. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  mkdirSync(path);
  // The embedded Postgres has its folder beside, and runs as another user when this one is root.
  chmodSync(path, 0o755);
}

function sqliteVersion(): string {
  const database = new Database(':memory:');
  try {
    const [row] = database.prepare('select sqlite_version() as version').all();
    return isRecord(row) ? String(row.version) : '';
  } finally {
    database.close();
  }
}

async function migrate(place: StorePlace): Promise<string[]> {
  try {
    const source = await storeDataSource(place);
    try {
      return (await source.runMigrations({ transaction: 'each' })).map(({ name }) => name);
    } finally {
      await source.destroy();
    }
  } catch (error) {
    throw unavailable(place, error);
  }
}

function unavailable({ name, entity, location }: StorePlace, error: unknown): StoreUnavailableError {
  const why = error instanceof AggregateError ? error.errors.map(String).join('; ') : String(error);
  const remedy =
    location.engine === 'postgres'
      ? `is the server running, may its user create databases, and is ${urlVariable(entity)} right where it is set?`
      : `may this user write ${location.file}?`;
  return new StoreUnavailableError(name, why.replace(/^Error: /, ''), remedy, { cause: error });
}
