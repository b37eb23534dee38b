import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Engine,
  ENTITIES,
  type Entity,
  migrateStores,
  type RunListeners,
  type RunReport,
  RunSimulation,
  runReportSchema,
  type SimulationWish,
  storePlaces,
  type StoreSettings,
} from '@app/simulation';
import Database from 'libsql';
import { emptyDatabase, type TestDatabase } from './database';

const THREADS = join(__dirname, '../../dist/libs/simulation/src/run');

/** The compiled thread: a thread of Node's takes no TypeScript. */
export const THREAD_FILE = join(THREADS, 'insert-thread.js');
const TABLES: Record<Entity, string> = { user: 'users', product: 'products', order: 'orders' };

const VALUES: Record<Entity, string> = {
  user: `id, 'Alice', 'alice' || id || '@example.com'`,
  product: `id, 'Laptop', 100000`,
  order: 'id, 1, 1, 1',
};

type Settings = Parameters<RunSimulation['execute']>[2];

/** Three databases and a folder for files, of a suite's own. */
export interface SimulationStores {
  settings: StoreSettings;
  /** The same as environment variables. */
  environment: Record<string, string>;
  databases: Record<Entity, TestDatabase>;
  /** What the run logged, event by event. */
  logged: [fields: object, event: string][];
  /** Runs a simulation whose report is what the schema says. */
  run: (wish: SimulationWish, listeners?: RunListeners, settings?: Settings) => Promise<RunReport>;
  /** Puts rows with the ids from 1 to `count` into each store, on both engines; all orders name the first user and product. */
  fill: (count: number) => Promise<void>;
  /** What is in a store, by id. */
  rows: (engine: Engine, entity: Entity) => Promise<Record<string, unknown>[]>;
  /** Connections of simulations to the databases. */
  connections: () => Promise<number>;
  drop: () => Promise<void>;
}

export async function simulationStores(): Promise<SimulationStores> {
  const [user, product, order] = await Promise.all([emptyDatabase(), emptyDatabase(), emptyDatabase()]);
  const databases = { user, product, order };
  const folder = mkdtempSync(join(tmpdir(), 'simulation-'));
  const environment = {
    DATA_DIR: folder,
    SIMULATION_USERS_URL: user.url,
    SIMULATION_PRODUCTS_URL: product.url,
    SIMULATION_ORDERS_URL: order.url,
  };
  const settings: StoreSettings = { databaseUrl: '', ...environment };
  const logged: SimulationStores['logged'] = [];
  const log = (fields: object, event: string) => void logged.push([fields, event]);
  return {
    settings,
    environment,
    databases,
    logged,
    run: async (wish, listeners = {}, more = {}) => {
      const simulation = new RunSimulation(settings, { warn: log, error: log });
      return runReportSchema.parse(await simulation.execute(wish, listeners, { threadFile: THREAD_FILE, ...more }));
    },
    fill: async (count) => {
      const ids = `with recursive ids(id) as (select 1 union all select id + 1 from ids where id < ${count})`;
      for (const place of [...storePlaces(settings, 'postgres', 1), ...storePlaces(settings, 'sqlite', 1)]) {
        await migrateStores([place]);
        const { entity, location } = place;
        const insert = (table: string) => `${ids} insert into ${table} select ${VALUES[entity]} from ids`;
        if (location.engine === 'postgres') await databases[entity].query(insert(`simulation.${TABLES[entity]}`));
        else writeFile(location.file, insert(TABLES[entity]));
      }
    },
    rows: async (engine, entity) =>
      engine === 'postgres'
        ? databases[entity].query(`select * from simulation.${TABLES[entity]} order by id`)
        : fileRows(join(folder, 'simulation', `${TABLES[entity]}.db`), TABLES[entity]),
    connections: async () => {
      const names = ENTITIES.map((entity) => new URL(databases[entity].url).pathname.slice(1));
      const [found] = await order.query<{ count: number }>(
        `select count(*)::int as count from pg_stat_activity
          where datname = any($1) and application_name like 'order-fulfillment simulation%'`,
        [names],
      );
      return found!.count;
    },
    drop: async () => {
      await Promise.all(ENTITIES.map((entity) => dropShards(databases[entity])));
      await Promise.all(ENTITIES.map((entity) => databases[entity].drop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Further shards are databases beside the first one. */
async function dropShards({ url, query }: TestDatabase): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  const shards = await query<{ datname: string }>(`select datname from pg_database where datname like $1`, [
    `${name}\\_%`,
  ]);
  for (const { datname } of shards) await query(`drop database ${datname} with (force)`);
}

function writeFile(file: string, sql: string): void {
  const database = new Database(file, { timeout: 5000 });
  try {
    database.exec(sql);
  } finally {
    database.close();
  }
}

function fileRows(file: string, table: string): Record<string, unknown>[] {
  const database = new Database(file, { timeout: 5000 });
  try {
    return database
      .prepare(`select * from ${table} order by id`)
      .all()
      .map((row) => Object.assign({}, row));
  } finally {
    database.close();
  }
}

/** The lines of `run_inserts`, sorted: what its users compare with. */
export const RUN_INSERTS_LINES = [
  'Order failed: (8, 8, 8, 0) | Invalid quantity',
  'Order failed: (9, 9, 1, -1) | Invalid quantity',
  'Order inserted: user=1, product=1',
  'Order inserted: user=10, product=11',
  'Order inserted: user=2, product=2',
  'Order inserted: user=3, product=3',
  'Order inserted: user=4, product=4',
  'Order inserted: user=5, product=5',
  'Order inserted: user=6, product=6',
  'Order inserted: user=7, product=7',
  "Product failed: (10, 'Earbuds', -50.0) | Negative price not allowed",
  'Product inserted: Gaming Chair',
  'Product inserted: Headphones',
  'Product inserted: Keyboard',
  'Product inserted: Laptop',
  'Product inserted: Laptop',
  'Product inserted: Monitor',
  'Product inserted: Mouse',
  'Product inserted: Smartphone',
  'Product inserted: Smartwatch',
  'User inserted: Alice',
  'User inserted: Alice',
  'User inserted: Bob',
  'User inserted: Charlie',
  'User inserted: David',
  'User inserted: Eve',
  'User inserted: Frank',
  'User inserted: Grace',
  'User inserted: Henry',
  'User inserted: Jane',
];
