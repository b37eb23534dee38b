import { randomBytes } from 'node:crypto';
import { countStatements } from '../lab/count-statements';
import { Meter } from '../lab/meter';
import type { Running } from '../lab/product';
import { runLoad } from '../lab/run-load';
import type { Servers } from '../lab/servers';
import type { Load } from '../load/load';
import { ORDERS_PER_REQUEST, type RequestKind } from '../load/requests';
import type { Bench, Measurement } from '../measurement';

export interface LoadOptions {
  port: number;
  kind: RequestKind;
  connections: number;
  rate?: number;
  orderIds?: readonly string[];
  token?: string;
}

const COUNTED_MS = 1000;

/** Puts load on a server and measures it and the processes behind it. */
export async function measureLoad(
  { servers, pace, isFirstRound }: Bench,
  databaseUrl: string,
  processes: readonly Running[],
  options: LoadOptions,
): Promise<Measurement> {
  const load = { run: newRun(), orderIds: [], ...options, ...pace };
  const each = ORDERS_PER_REQUEST[options.kind] ?? 1;
  const meter = await Meter.of(databaseUrl, processes);
  try {
    const result = await runLoad(load, () => meter.start());
    const usage = await meter.stop();
    const count = result.requests * each;
    return {
      perSecond: (count * 1000) / result.ms,
      p50Ms: result.p50Ms,
      p99Ms: result.p99Ms,
      count,
      usage: { ...usage, cpuMs: { ...usage.cpuMs, generator: result.cpuMs } },
      statements:
        isFirstRound && options.kind !== 'cancel' ? (await statementsPerRequest(servers, load)) / each : undefined,
    };
  } finally {
    await meter.close();
  }
}

async function statementsPerRequest(servers: Servers, load: Load): Promise<number> {
  let requests = 0;
  const statements = await countStatements(servers, async () => {
    const pace = { warmUpMs: 0, measureMs: COUNTED_MS };
    requests = (await runLoad({ ...load, ...pace, run: newRun() }, () => undefined)).requests;
  });
  return statements / requests;
}

const newRun = () => `r${randomBytes(4).toString('hex')}`;
