import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Config, dataSourceOptions, loadConfig } from '@app/platform';
import { DataSource } from 'typeorm';
import { QueueDepths } from './checks/queue-depths';
import { Deployment } from './processes/deployment';
import type { RunOptions, Scenario, World } from './scenario';
import { SeededRandom } from './seeded-random';
import { RedisServer } from './servers/redis-server';
import { TcpProxy } from './servers/tcp-proxy';
import { addProducts } from './workload/add-products';
import { History } from './workload/history';

export const UNITS_PER_PRODUCT = 200;
export const TEMPLATE = 'template_chaos';

/** Short enough for a run, long enough for orders to be on their way when a fault comes. */
const ENVIRONMENT = {
  LOG_LEVEL: 'info',
  LOG_FORMAT: 'json',
  SIMULATED_DELAY_MS_MIN: '100',
  SIMULATED_DELAY_MS_MAX: '900',
  QUEUE_LOCK_MS: '4000',
  OUTBOX_LEASE_MS: '3000',
};

export interface BuiltWorld {
  world: World;
  close: () => Promise<void>;
}

/** A database of its own, proxies, processes that are ready, products with stock. Undoes what it did when something of it fails. */
export async function buildWorld(options: RunOptions): Promise<BuiltWorld> {
  const { scenario, backend, seed, signal, say } = options;
  const undo: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step().catch((error: Error) => say(error.message));
  };
  try {
    const random = new SeededRandom(seedOf(scenario, backend, seed));
    const postgres = await options.postgres(scenario.stopsPostgres === true);
    const name = `chaos_${scenario.name.replaceAll('-', '_')}_${backend}_${seed}`;
    const url = await postgres.createDatabase(name, TEMPLATE);
    undo.push(() => postgres.dropDatabase(name));
    const redis = backend === 'redis' ? await RedisServer.start(options.programs) : undefined;
    if (redis) undo.push(() => redis.stop());
    const lines = {
      api: await TcpProxy.listen(postgres.port),
      background: await TcpProxy.listen(postgres.port),
      supervisor: await TcpProxy.listen(postgres.port),
      redis: redis && (await TcpProxy.listen(redis.port)),
    };
    for (const line of Object.values(lines)) if (line) undo.push(() => line.close());
    const direct = loadConfig({
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      LOG_FORMAT: 'json',
      DATABASE_URL: throughProxy(url, lines.supervisor),
      // It may come back on another port.
      REDIS_URL: lines.redis && `redis://127.0.0.1:${lines.redis.port}`,
    });
    const database = await openDatabase(direct);
    undo.push(() => database.destroy());
    const queues = new QueueDepths(direct);
    undo.push(() => queues.close());
    say('starting processes');
    const deployment = await Deployment.start({
      environmentOf: (app) => ({
        ...ENVIRONMENT,
        DATABASE_URL: throughProxy(url, app === 'api' ? lines.api : lines.background),
        ...(lines.redis ? { REDIS_URL: `redis://127.0.0.1:${lines.redis.port}` } : {}),
        ...scenario.environment?.(app),
      }),
      armament: scenario.armament?.(random),
      logFolder: options.folder,
      signal,
    });
    undo.push(() => deployment.stop());
    await deployment.ready();
    const products = await addProducts(
      deployment.apis[0]!.url,
      scenario.workload?.unitsPerProduct ?? UNITS_PER_PRODUCT,
    );
    const pause = (ms: number) => sleep(ms, undefined, { signal });
    const world: World = {
      backend,
      random,
      deployment,
      postgres,
      redis,
      lines,
      database,
      queues,
      contestDatabase: async () => {
        undo.push(() => postgres.dropDatabase(`${name}_contest`));
        return postgres.createDatabase(`${name}_contest`, TEMPLATE);
      },
      history: new History(),
      products,
      served: Promise.resolve(),
      faults: [],
      signal,
      timed: options.timed,
      say,
      figures: {},
      pause,
      until: async (what, condition, withinMs = 30_000) => {
        for (const end = Date.now() + withinMs; !(await condition());) {
          if (Date.now() > end) throw new Error(`not within ${withinMs} ms: ${what}`);
          await pause(50);
        }
      },
    };
    return { world, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A scenario draws its own numbers, whatever other scenarios run beside it. */
function seedOf({ name }: Scenario, backend: string, seed: number): number {
  return createHash('sha256').update(`${name}/${backend}/${seed}`).digest().readUInt32BE();
}

function throughProxy(url: string, line: TcpProxy): string {
  return Object.assign(new URL(url), { port: String(line.port) }).href;
}

/** A connection that is lost to a fault is replaced at the next use. */
async function openDatabase(config: Config): Promise<DataSource> {
  const options = dataSourceOptions(config, 'chaos');
  // Another name than the product's: its sessions are counted.
  return new DataSource({ ...options, extra: { ...options.extra, application_name: 'chaos supervisor' } }).initialize();
}
