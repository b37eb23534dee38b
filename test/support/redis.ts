import Redis from 'ioredis';

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
