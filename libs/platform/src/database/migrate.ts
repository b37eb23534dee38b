import { DataSource, type MigrationInterface } from 'typeorm';
import type { Config } from '../config/load-config';
import { dataSourceOptions } from './data-source-options';

/** The migrations of one context. They live in its own schema, so that the context can move to a database of its own. */
export interface ContextMigrations {
  context: string;
  migrations: (new () => MigrationInterface)[];
}

export interface MigrationStatus {
  context: string;
  name: string;
  applied: boolean;
}

/** One session-level lock around all contexts: two deployments that migrate at once take turns. */
const MIGRATION_LOCK = 7_203_114_551;
const TABLE = 'migrations';
/** Folding letters needs its built-in locale of Unicode. */
const POSTGRES_MAJOR_MIN = 17;

/** Applies what is missing, context after context, and returns the names of what was applied. */
export function migrateUp(config: Config, contexts: ContextMigrations[]): Promise<string[]> {
  return locked(config, async (source) => {
    await requirePostgres(source);
    const applied: string[] = [];
    for (const { context, migrations } of contexts)
      await withContext(config, { context, migrations }, async (source) => {
        for (const migration of await source.runMigrations({ transaction: 'each' }))
          applied.push(`${context}: ${migration.name}`);
      });
    return applied;
  });
}

/** Takes back the newest migration of a context and returns its name; undefined when there is none. */
export function revertLast(config: Config, migrations: ContextMigrations): Promise<string | undefined> {
  return locked(config, () =>
    withContext(config, migrations, async (source) => {
      const newest = (await appliedNames(source, migrations.context)).at(-1);
      if (newest) await source.undoLastMigration({ transaction: 'each' });
      return newest;
    }),
  );
}

/** Every migration of the contexts, in order, and whether this database has it. Changes nothing. */
export async function migrationStatus(source: DataSource, contexts: ContextMigrations[]): Promise<MigrationStatus[]> {
  const rows: MigrationStatus[] = [];
  for (const { context, migrations } of contexts) {
    const applied = new Set(await appliedNames(source, context));
    for (const { name } of migrations) rows.push({ context, name, applied: applied.has(name) });
  }
  return rows;
}

async function appliedNames(source: DataSource, context: string): Promise<string[]> {
  const [{ table }] = await source.query<[{ table: string | null }]>('select to_regclass($1)::text as "table"', [
    `${context}.${TABLE}`,
  ]);
  if (!table) return [];
  const rows = await source.query<{ name: string }[]>(`select name from ${context}.${TABLE} order by id`);
  return rows.map(({ name }) => name);
}

async function withContext<T>(
  config: Config,
  { context, migrations }: ContextMigrations,
  work: (source: DataSource) => Promise<T>,
): Promise<T> {
  const source = new DataSource({
    ...dataSourceOptions(
      { ...config, DB_STATEMENT_TIMEOUT_MS: 0, DB_QUERY_TIMEOUT_MS: 0, DB_IDLE_IN_TRANSACTION_TIMEOUT_MS: 0 },
      'migrate',
    ),
    schema: context,
    migrations,
    migrationsTableName: TABLE,
  });
  await source.initialize();
  try {
    await source.query(`create schema if not exists ${context}`);
    return await work(source);
  } finally {
    await source.destroy();
  }
}

/** Before anything is changed: a migration that fails half way says less. */
async function requirePostgres(source: DataSource): Promise<void> {
  const [{ version, major }] = await source.query<[{ version: string; major: number }]>(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int / 10000 as major`,
  );
  if (major < POSTGRES_MAJOR_MIN)
    throw new Error(
      `PostgreSQL ${POSTGRES_MAJOR_MIN} or newer is needed, and this server is ${version}. Use a newer server; nothing was changed.`,
    );
}

async function locked<T>(config: Config, work: (source: DataSource) => Promise<T>): Promise<T> {
  // A data source of its own with one connection: a session lock taken through a shared pool would outlive its holder.
  const source = new DataSource(
    dataSourceOptions(
      { ...config, DB_POOL_SIZE: 1, DB_STATEMENT_TIMEOUT_MS: 0, DB_QUERY_TIMEOUT_MS: 0, DB_LOCK_TIMEOUT_MS: 0 },
      'migrate',
    ),
  );
  await source.initialize();
  try {
    await source.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await work(source);
  } finally {
    await source.destroy();
  }
}
