import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Engine,
  ENTITIES,
  type Entity,
  type RunListeners,
  type RunReport,
  RunSimulation,
  runReportSchema,
  type SimulationWish,
  type StoreSettings,
} from '@app/simulation';
import Database from 'libsql';
import { emptyDatabase, type TestDatabase } from './database';

const THREADS = join(__dirname, '../../dist/libs/simulation/src/run');

/** The compiled thread: a thread of Node's takes no TypeScript. */
export const THREAD_FILE = join(THREADS, 'insert-thread.js');
const TABLES: Record<Entity, string> = { user: 'users', product: 'products', order: 'orders' };

type Settings = Parameters<RunSimulation['execute']>[2];

/** Three databases and a folder for files, of a suite's own. */
export interface SimulationStores {
  settings: StoreSettings;
  databases: Record<Entity, TestDatabase>;
  /** What the run logged, event by event. */
  logged: [fields: object, event: string][];
  /** Runs a simulation whose report is what the schema says. */
  run: (wish: SimulationWish, listeners?: RunListeners, settings?: Settings) => Promise<RunReport>;
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
  const settings: StoreSettings = {
    databaseUrl: '',
    DATA_DIR: folder,
    SIMULATION_USERS_URL: user.url,
    SIMULATION_PRODUCTS_URL: product.url,
    SIMULATION_ORDERS_URL: order.url,
  };
  const logged: SimulationStores['logged'] = [];
  const log = (fields: object, event: string) => void logged.push([fields, event]);
  return {
    settings,
    databases,
    logged,
    run: async (wish, listeners = {}, more = {}) => {
      const simulation = new RunSimulation(settings, { warn: log, error: log });
      return runReportSchema.parse(await simulation.execute(wish, listeners, { threadFile: THREAD_FILE, ...more }));
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
      await Promise.all(ENTITIES.map((entity) => databases[entity].drop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
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
