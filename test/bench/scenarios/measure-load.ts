import { randomBytes } from 'node:crypto';
import { Meter } from '../lab/meter';
import type { Running } from '../lab/product';
import { runLoad } from '../lab/run-load';
import { ORDERS_PER_REQUEST, type RequestKind } from '../load/requests';
import type { Bench, Measurement } from '../measurement';

export interface LoadOptions {
  port: number;
  kind: RequestKind;
  connections: number;
  rate?: number;
  orderIds?: readonly string[];
}

/** Puts load on a server and measures it and the processes behind it. `perSecond` counts orders where the load places orders only. */
export async function measureLoad(
  { pace }: Bench,
  databaseUrl: string,
  processes: readonly Running[],
  options: LoadOptions,
): Promise<Measurement> {
  const meter = await Meter.of(databaseUrl, processes);
  try {
    const run = `r${randomBytes(4).toString('hex')}`;
    const load = { run, orderIds: [], ...options, ...pace };
    const result = await runLoad(load, () => meter.start());
    const usage = await meter.stop();
    const count = result.requests * (ORDERS_PER_REQUEST[options.kind] ?? 1);
    return {
      perSecond: (count * 1000) / result.ms,
      p50Ms: result.p50Ms,
      p99Ms: result.p99Ms,
      count,
      usage: { ...usage, cpuMs: { ...usage.cpuMs, generator: result.cpuMs } },
    };
  } finally {
    await meter.close();
  }
}
