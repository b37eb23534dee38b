import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startChild, stopChild } from '../lab/child-process';
import { freePort, type Running } from '../lab/product';
import { measureLoad } from '../scenarios/measure-load';
import type { RequestKind } from '../load/requests';
import type { Bench, Measurement, Scenario } from '../measurement';

const READY_WITHIN_MS = 10_000;

/** A bare HTTP server with group commit; and the same without a database, which shows what the load generator can do. */
export const HTTP_LIMITS: readonly Scenario[] = [
  httpLimit('limit:http 64', 'order', 64),
  httpLimit('limit:http 256', 'order', 256),
  httpLimit('generator', 'echo', 64),
];

function httpLimit(name: string, kind: RequestKind, connections: number): Scenario {
  return { name, unit: 'orders', run: (bench) => measureHttpLimit(bench, { kind, connections }) };
}

export async function measureHttpLimit(
  bench: Bench,
  load: { kind: RequestKind; connections: number; rate?: number },
): Promise<Measurement> {
  const database = await bench.servers.limitDatabase();
  const server = await startLimitServer(database.url);
  try {
    return await measureLoad(bench, database.url, [server], { ...load, port: server.port });
  } finally {
    await server.stop();
    await database.drop();
  }
}

async function startLimitServer(databaseUrl: string): Promise<Running> {
  const port = await freePort();
  const child = startChild(join(__dirname, 'http-server.js'), [], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', DATABASE_URL: databaseUrl, PORT: String(port) },
    stdio: 'inherit',
  });
  for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until; await wait(20)) {
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
    if (answer?.ok) return { name: 'limit', port, pid: child.pid!, stop: () => stopChild(child) };
  }
  throw new Error('The limit server did not become ready.');
}
