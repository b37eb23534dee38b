import Redis from 'ioredis';

export type QueueBackend = 'postgres' | 'redis';

const hasRedis = process.env.TEST_REDIS_URL !== undefined;

/** A suite for each place where queues can be. That on Redis is skipped without one; `REQUIRE_REDIS=1` refuses the skip. */
export function describeOnBothBackends(title: string, suite: (backend: QueueBackend) => void): void {
  for (const backend of ['postgres', 'redis'] as const)
    (backend === 'postgres' || hasRedis ? describe : describe.skip)(`${title} on ${backend}`, () => suite(backend));
}

/** A test that needs Redis. */
export const itWithRedis = hasRedis ? it : it.skip;

/**
 * An empty Redis database of a suite's own: suites run side by side on one server, so each takes another number. Undefined
 * when the machine has no Redis; `REQUIRE_REDIS=1` makes the test run refuse that.
 */
export async function emptyRedis(databaseNumber: number): Promise<string | undefined> {
  const server = process.env.TEST_REDIS_URL;
  if (!server) return undefined;
  const url = `${server.replace(/\/$/, '')}/${databaseNumber}`;
  const redis = new Redis(url);
  await redis.flushdb();
  await redis.quit();
  return url;
}
