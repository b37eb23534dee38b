import { grownDatabase } from '../growth/grown-database';
import { startProduct } from '../lab/product';
import type { RequestKind } from '../load/requests';
import type { Bench, Measurement, Scenario } from '../measurement';
import { measureLoad } from './measure-load';
import { someOrderIds } from './order-ids';

const CONNECTIONS = 64;
const SOME = 2000;

/** Reads at full load in a shop of ten thousand orders, and a mix of which 70 % are reads. */
export const READING: readonly Scenario[] = (['mixed', 'list', 'detail', 'statistics'] as const).map((kind) => ({
  name: kind,
  unit: 'requests',
  run: (bench) => measureReading(bench, kind),
}));

async function measureReading(bench: Bench, kind: RequestKind): Promise<Measurement> {
  const database = await grownDatabase(bench.servers, '10k');
  try {
    const orderIds = await someOrderIds(database.url, SOME);
    const api = await startProduct('api', { databaseUrl: database.url, profileDir: bench.profileDir });
    try {
      return await measureLoad(bench, database.url, [api], {
        port: api.port,
        kind,
        connections: CONNECTIONS,
        orderIds,
      });
    } finally {
      await api.stop();
    }
  } finally {
    await database.drop();
  }
}
