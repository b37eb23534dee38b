import { randomBytes } from 'node:crypto';
import { type Config, type ConfigNeeds, dataSourceOptions, loadConfig } from '@app/platform';
import { Client } from 'pg';
import { DataSource } from 'typeorm';

/** A database of a suite's own: a copy of the migrated template, on the Postgres that the test run started. */
export interface TestDatabase {
  url: string;
  /** A configuration for tests on this database: no delays, no log lines. */
  config: Config;
  /** Runs SQL as an operator would by hand, on a connection outside of every pool. */
  query: <Row = Record<string, unknown>>(sql: string, parameters?: unknown[]) => Promise<Row[]>;
  /** Opens another data source with real connections of its own. */
  open: (overrides?: Partial<Config>) => Promise<DataSource>;
  drop: () => Promise<void>;
}

/** Creates it; call `drop` in afterAll. `settings` are environment variables for the configuration. */
export function testDatabase(settings: Record<string, string> = {}): Promise<TestDatabase> {
  return createDatabase(required('TEST_TEMPLATE'), settings);
}

/** A database with nothing in it, not even the schema. */
export function emptyDatabase(): Promise<TestDatabase> {
  return createDatabase('template1');
}

async function createDatabase(template: string, settings: Record<string, string> = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = required('TEST_DATABASE_URL');
  await withClient(admin, (client) => client.query(`create database ${name} template ${template}`));
  const url = Object.assign(new URL(admin), { pathname: `/${name}` }).href;
  const config = testConfig(url, settings);
  const byHand = new Client({
    connectionString: url,
    types: new DataSource(dataSourceOptions(config, 'types')).options.extra.types,
  });
  await byHand.connect();
  const opened: DataSource[] = [];
  return {
    url,
    config,
    query: async <Row>(sql: string, parameters?: unknown[]) => (await byHand.query(sql, parameters)).rows as Row[],
    open: async (overrides = {}) => {
      const source = await new DataSource(dataSourceOptions({ ...config, ...overrides }, 'test')).initialize();
      opened.push(source);
      return source;
    },
    drop: async () => {
      await Promise.all(opened.filter((source) => source.isInitialized).map((source) => source.destroy()));
      await byHand.end();
      await withClient(admin, (client) => client.query(`drop database ${name} with (force)`));
    },
  };
}

/** A database with nothing in it, to be migrated and copied: nobody is connected to it. Drop it when its last copy is made. */
export async function emptyTemplate(): Promise<{ name: string; url: string; drop: () => Promise<void> }> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = required('TEST_DATABASE_URL');
  await withClient(admin, (client) => client.query(`create database ${name}`));
  const drop = () => withClient(admin, (client) => client.query(`drop database ${name} with (force)`));
  return { name, url: Object.assign(new URL(admin), { pathname: `/${name}` }).href, drop };
}

/** The configuration of processes under test. */
export function testConfig(
  databaseUrl: string,
  settings: Record<string, string> = {},
  needs: ConfigNeeds = {},
): Config {
  const source = {
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'silent',
    LOG_FORMAT: 'json',
    SIMULATED_DELAY_MS_MIN: '0',
    SIMULATED_DELAY_MS_MAX: '0',
    ...settings,
  };
  return loadConfig(source, needs);
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests with npm test`);
  return value;
}

async function withClient(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
