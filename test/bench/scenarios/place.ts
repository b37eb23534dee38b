import { startProduct } from '../lab/product';
import type { RequestKind } from '../load/requests';
import type { Bench, Measurement, Scenario } from '../measurement';
import { measureLoad } from './measure-load';

/** Orders placed over HTTP, on an api that has the machine to itself: workers have their own scenario. */
export const PLACING: readonly Scenario[] = [
  placing('place 64', 'order', 64),
  placing('place 256', 'order', 256),
  placing('place:keyed 64', 'order:keyed', 64),
  placing('place:hot 64', 'order:hot', 64),
  placing('place:hot 256', 'order:hot', 256),
  placing('bulk', 'bulk', 4),
];

function placing(name: string, kind: RequestKind, connections: number): Scenario {
  return { name, unit: 'orders', run: (bench) => measurePlacing(bench, { kind, connections }) };
}

export async function measurePlacing(
  bench: Bench,
  load: { kind: RequestKind; connections: number; rate?: number },
): Promise<Measurement> {
  const database = await bench.servers.productDatabase();
  try {
    const api = await startProduct('api', { databaseUrl: database.url, profileDir: bench.profileDir });
    try {
      return await measureLoad(bench, database.url, [api], { ...load, port: api.port });
    } finally {
      await api.stop();
    }
  } finally {
    await database.drop();
  }
}
