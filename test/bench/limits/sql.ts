import { Meter } from '../lab/meter';
import type { Bench, Measurement, Scenario } from '../measurement';
import { runScript } from './run-script';
import { BATCH, BATCH_OF_ORDERS, ONE_HOT_ORDER, ONE_ORDER, type Script } from './transactions';

const CONNECTIONS = 32;
// All of them want all products, so more only queue up.
const BATCH_CONNECTIONS = 8;

/** What Postgres does when it is driven by hand, without HTTP. */
export const SQL_LIMITS: readonly Scenario[] = [
  sqlLimit('limit:sql', ONE_ORDER, CONNECTIONS, 1),
  sqlLimit('limit:hot', ONE_HOT_ORDER, CONNECTIONS, 1),
  sqlLimit('limit:batch', BATCH_OF_ORDERS, BATCH_CONNECTIONS, BATCH),
];

function sqlLimit(name: string, script: Script, connections: number, ordersEach: number): Scenario {
  return { name, unit: 'orders', run: (bench) => measure(bench, script, connections, ordersEach) };
}

async function measure(
  { servers, pace }: Bench,
  script: Script,
  connections: number,
  ordersEach: number,
): Promise<Measurement> {
  const database = await servers.limitDatabase();
  const meter = await Meter.of(database.url, []);
  try {
    const load = { url: database.url, script, connections, ...pace };
    const { transactions, ms } = await runScript(load, () => meter.start());
    const count = transactions * ordersEach;
    return { perSecond: (count * 1000) / ms, count, usage: await meter.stop() };
  } finally {
    await meter.close();
    await database.drop();
  }
}
