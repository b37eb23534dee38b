import type { Client } from 'pg';
import { withClient } from '../lab/database';
import { Meter } from '../lab/meter';
import { rssMbOf } from '../lab/processes';
import { startProduct } from '../lab/product';
import type { Bench, Measurement, Scenario } from '../measurement';
import { spreadOf } from '../report/spread';
import { deliveredTimes, untilNoneMoves } from './delivered';
import { placeInBulk } from './place-in-bulk';

const WAITING = 100_000;
const URGENT = 1000;

/** A hundred thousand orders that wait, and the urgent ones that came last, driven by one worker process on Redis. */
export const BACKLOG: readonly Scenario[] = [{ name: 'backlog', unit: 'orders', run: measureBacklog }];

async function measureBacklog(bench: Bench): Promise<Measurement> {
  const database = await bench.servers.productDatabase();
  const options = { databaseUrl: database.url, redisUrl: await bench.servers.emptyRedis() };
  try {
    await placeInBulk(options, WAITING);
    await placeInBulk(options, URGENT, 'high');
    const worker = await startProduct('worker', { ...options, profileDir: bench.profileDir });
    const meter = await Meter.of(database.url, [worker]);
    const memory: { at: number; mb: number }[] = [];
    try {
      meter.start();
      await untilNoneMoves(database.url, () => memory.push({ at: Date.now(), mb: rssMbOf(worker.pid) }));
      const usage = await meter.stop();
      return await withClient(database.url, async (client) => {
        const { orders, firstStartedAt, lastAt } = await deliveredTimes(client);
        const shape = await shapeOf(client, memory);
        return { perSecond: (orders * 1000) / (lastAt - firstStartedAt), count: orders, usage, figures: shape };
      });
    } finally {
      await meter.close();
      await worker.stop();
    }
  } finally {
    await database.drop();
  }
}

/**
 * How the last tenth of all moves went beside the first one, and when the urgent orders were done. Moves, not deliveries: with a
 * backlog most orders are picked before the first one is delivered. The history knows when each was.
 */
async function shapeOf(client: Client, memory: readonly { at: number; mb: number }[]): Promise<Record<string, number>> {
  const { rows } = await client.query<{ at: Date[]; urgent: number }>(
    `select percentile_disc(array[0, 0.1, 0.9, 1]) within group (order by superseded_at) as at,
            (select percentile_cont(0.5) within group (order by place) from
              (select priority, percent_rank() over (order by completed_at) as place from orders.orders) every
              where priority = 1)::float8 as urgent
       from audit.order_versions`,
  );
  const [first, tenth, ninth, last] = rows[0]!.at.map((at) => at.getTime()) as [number, number, number, number];
  const mb = (from: number, to: number) =>
    spreadOf(memory.filter(({ at }) => at >= from && at <= to).map((sample) => sample.mb)).median;
  return {
    throughputOfLastTenth: (tenth - first) / (last - ninth),
    memoryOfLastTenth: mb(ninth, last) / mb(first, tenth),
    placeOfUrgentOrders: rows[0]!.urgent,
  };
}
