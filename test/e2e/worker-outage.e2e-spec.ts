import { type TestDatabase, testDatabase } from '../support/database';
import { type RunningApp, startApp, until } from '../support/processes';
import { emptyRedis, itWithRedis } from '../support/redis';
import { type SilentProxy, silentProxy } from '../support/silent-proxy';

describe('a worker whose Redis goes away', () => {
  let database: TestDatabase;
  let worker: RunningApp | undefined;
  let proxy: SilentProxy | undefined;

  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(async () => {
    await worker?.stop('SIGKILL');
    await proxy?.close();
    await database?.drop();
  });

  itWithRedis(
    'is not ready any more, and says so in one sentence that names the server',
    async () => {
      const redis = new URL((await emptyRedis(9))!);
      proxy = await silentProxy({ host: redis.hostname, port: Number(redis.port) });
      redis.hostname = '127.0.0.1';
      redis.port = String(proxy.port);
      worker = await startApp('worker', { DATABASE_URL: database.url, REDIS_URL: redis.href });
      await proxy.close();
      const { url, output, logged } = worker;
      const ready = async () => (await fetch(`${url}/health/ready`)).status;
      await until(async () => (await ready()) === 503);
      expect((await fetch(`${url}/health/live`)).status).toBe(200);
      const beat = async () =>
        (
          await database.query<{ at: string; queues: unknown }>(
            `select beat_at::text as at, details -> 'queues' as queues from messaging.heartbeats where process = 'worker'`,
          )
        )[0];
      const beats = new Set<string>();
      await until(async () => {
        const last = await beat();
        if (last?.queues === null) beats.add(last.at);
        return beats.size >= 2;
      });
      const said = logged().map(({ msg }) => msg);
      expect(said.filter((line) => line.startsWith('queue.unreachable'))).toEqual([
        expect.stringContaining(`queue.unreachable: Redis at 127.0.0.1:${redis.port} does not answer (`),
      ]);
      expect(output()).not.toMatch(/\n\s+at |"stack"/);
      expect(said.length).toBeLessThan(5);
      expect(await ready()).toBe(503);
    },
    120_000,
  );
});
