import { grownDatabase, type SizeName, SIZES } from '../growth/grown-database';
import { startProduct } from '../lab/product';
import type { RequestKind } from '../load/requests';
import type { Bench, Measurement, Scenario } from '../measurement';
import { measureLoad } from './measure-load';
import { pendingOrderIds, someOrderIds } from './order-ids';
import { placeInBulk } from './place-in-bulk';

/** Each is measured at every size, at the same low load: what grows is then the work itself, and no queue hides it. */
const GROWING: Record<string, { kind: RequestKind; connections: number; rate?: number }> = {
  list: { kind: 'list', connections: 1 },
  'list:status': { kind: 'list:status', connections: 1 },
  'list:open': { kind: 'list:open', connections: 1 },
  'list:priority': { kind: 'list:priority', connections: 1 },
  'list:customer': { kind: 'list:customer', connections: 1 },
  'list:dates': { kind: 'list:dates', connections: 1 },
  'list:search': { kind: 'list:search', connections: 1 },
  'list:name': { kind: 'list:name', connections: 1 },
  detail: { kind: 'detail', connections: 1 },
  statistics: { kind: 'statistics', connections: 1 },
  place: { kind: 'order', connections: 8, rate: 100 },
  cancel: { kind: 'cancel', connections: 8, rate: 100 },
  bulk: { kind: 'bulk', connections: 2, rate: 2 },
};
const SIZE_NAMES = Object.keys(SIZES) as SizeName[];
const SOME = 2000;

export const growing = (what: string, size: SizeName) => `growth:${what} ${size}`;

/** The same work at ever more orders. */
export const GROWTH: readonly Scenario[] = Object.keys(GROWING).flatMap((what) =>
  SIZE_NAMES.map((size) => ({
    name: growing(what, size),
    size,
    unit: what === 'bulk' ? 'orders' : 'requests',
    run: (bench: Bench) => measureGrowth(bench, what, size),
  })),
);

export const GROWING_NAMES = Object.keys(GROWING);

async function measureGrowth(bench: Bench, what: string, size: SizeName): Promise<Measurement> {
  const database = await grownDatabase(bench.servers, size);
  const load = GROWING[what]!;
  try {
    const orderIds = await ordersFor(load, bench, database.url);
    const api = await startProduct('api', { databaseUrl: database.url });
    try {
      return await measureLoad(bench, database.url, [api], { ...load, orderIds, port: api.port });
    } finally {
      await api.stop();
    }
  } finally {
    await database.drop();
  }
}

async function ordersFor({ kind, rate }: (typeof GROWING)[string], { pace }: Bench, databaseUrl: string) {
  if (kind !== 'cancel') return someOrderIds(databaseUrl, SOME);
  // With some to spare: the generator goes on until it has told its result.
  const count = Math.ceil(((pace.warmUpMs + pace.measureMs) / 1000 + 2) * rate!);
  await placeInBulk({ databaseUrl }, count);
  return pendingOrderIds(databaseUrl, count);
}
