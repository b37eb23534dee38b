import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from 'pg';
import { withClient } from '../lab/database';
import { Meter } from '../lab/meter';
import { startProduct } from '../lab/product';
import type { Bench, Measurement, Scenario } from '../measurement';
import { placeInBulk } from './place-in-bulk';

const LOOK_EVERY_MS = 50;
/** Orders that wait when the worker starts, for each second of measuring: more than it does in a second today. */
const ORDERS_PER_SECOND = { redis: 3000, postgres: 500 };

/** Orders driven from placed to delivered by one worker process. They all wait in the outbox when it starts. */
export const LIFECYCLES: readonly Scenario[] = [
  { name: 'lifecycle redis', unit: 'orders', run: (bench) => measureLifecycle(bench, 'redis') },
  { name: 'lifecycle postgres', unit: 'orders', run: (bench) => measureLifecycle(bench, 'postgres') },
];

async function measureLifecycle(bench: Bench, queues: 'redis' | 'postgres'): Promise<Measurement> {
  const redisUrl = queues === 'redis' ? await bench.servers.emptyRedis() : undefined;
  const orders = Math.ceil((bench.pace.measureMs / 1000) * ORDERS_PER_SECOND[queues]);
  const database = await bench.servers.productDatabase();
  const options = { databaseUrl: database.url, redisUrl, profileDir: bench.profileDir };
  try {
    await placeInBulk(options, orders);
    const worker = await startProduct('worker', options);
    const readyAt = Date.now();
    const meter = await Meter.of(database.url, [worker]);
    try {
      meter.start();
      const run = await withClient(database.url, untilDelivered);
      const ms = run.lastAt - Math.min(readyAt, run.firstAt);
      return { perSecond: (run.orders * 1000) / ms, count: run.orders, usage: await meter.stop() };
    } finally {
      await meter.close();
      await worker.stop();
    }
  } finally {
    await database.drop();
  }
}

/** Waits for the last order. The times are those that the orders themselves have, in milliseconds. */
async function untilDelivered(client: Client) {
  const isMoving = `select exists (select from orders.orders where status in ('pending', 'processing', 'shipped')) as yes`;
  while ((await client.query<{ yes: boolean }>(isMoving)).rows[0]!.yes) await wait(LOOK_EVERY_MS);
  const { rows } = await client.query<{ orders: number; others: number; first_at: Date; last_at: Date }>(
    `select count(*)::int as orders, (count(*) filter (where status <> 'delivered'))::int as others,
            min(processing_started_at) as first_at, max(completed_at) as last_at from orders.orders`,
  );
  const { orders, others, first_at: firstAt, last_at: lastAt } = rows[0]!;
  if (others > 0) throw new Error(`${others} of ${orders} orders ended otherwise than delivered.`);
  return { orders, firstAt: firstAt.getTime(), lastAt: lastAt.getTime() };
}
