import { startProduct } from '../lab/product';
import { Meter } from '../lab/meter';
import { countStatements } from '../lab/count-statements';
import { withClient } from '../lab/database';
import type { Bench, Measurement, Scenario } from '../measurement';
import { deliveredTimes, untilNoneMoves } from './delivered';
import { placeInBulk } from './place-in-bulk';

/** Orders that wait when the worker starts, for each second of measuring; it needs some ten seconds for them with five. */
const ORDERS_PER_SECOND = { redis: 6000, postgres: 1200 };
const COUNTED_ORDERS = 2000;

/** Orders driven from placed to delivered by one worker process. They all wait in the outbox when it starts. */
export const LIFECYCLES: readonly Scenario[] = [
  { name: 'lifecycle redis', unit: 'orders', run: (bench) => measureLifecycle(bench, 'redis') },
  { name: 'lifecycle postgres', unit: 'orders', run: (bench) => measureLifecycle(bench, 'postgres') },
];

async function measureLifecycle(bench: Bench, queues: 'redis' | 'postgres'): Promise<Measurement> {
  const redisUrl = queues === 'redis' ? await bench.servers.emptyRedis() : undefined;
  const orders = Math.ceil((bench.pace.measureMs / 1000) * ORDERS_PER_SECOND[queues]);
  const database = await bench.servers.productDatabase();
  const options = { databaseUrl: database.url, redisUrl };
  try {
    await placeInBulk(options, orders);
    const worker = await startProduct('worker', { ...options, profileDir: bench.profileDir });
    const readyAt = Date.now();
    const meter = await Meter.of(database.url, [worker]);
    try {
      meter.start();
      await untilNoneMoves(database.url);
      const usage = await meter.stop();
      const delivered = await withClient(database.url, deliveredTimes);
      const ms = delivered.lastAt - Math.min(readyAt, delivered.firstStartedAt);
      const statements = await statementsPerOrder(bench, options);
      return { perSecond: (delivered.orders * 1000) / ms, count: delivered.orders, usage, statements };
    } finally {
      await meter.close();
      await worker.stop();
    }
  } finally {
    await database.drop();
  }
}

/** Of orders that are placed while the worker runs. Placing them takes two statements or three for each thousand. */
async function statementsPerOrder(
  { servers, isFirstRound }: Bench,
  options: { databaseUrl: string; redisUrl?: string },
) {
  if (!isFirstRound) return undefined;
  const statements = await countStatements(servers, async () => {
    await placeInBulk(options, COUNTED_ORDERS);
    await untilNoneMoves(options.databaseUrl);
  });
  return statements / COUNTED_ORDERS;
}
