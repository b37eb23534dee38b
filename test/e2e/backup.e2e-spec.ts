import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../support/cli';
import { contexts } from '../support/contexts';
import { emptyDatabase, type TestDatabase, testDatabase } from '../support/database';
import { someProducts } from '../support/factories';
import { type AppName, type RunningApp, startApp, until } from '../support/processes';
import { describeOnBothBackends, emptyRedis } from '../support/redis';

const SLOW = { SIMULATED_DELAY_MS_MIN: '300', SIMULATED_DELAY_MS_MAX: '1500' };

describeOnBothBackends('a backup of orders on their way, queues', (backend) => {
  let redis: { REDIS_URL: string } | undefined;
  let folder: string;
  let file: string;
  let database: TestDatabase;
  let target: TestDatabase;
  let running: RunningApp[] = [];

  beforeEach(async () => {
    redis = backend === 'redis' ? { REDIS_URL: (await emptyRedis(7))! } : undefined;
    folder = mkdtempSync(join(tmpdir(), 'order-fulfillment-backup-'));
    file = join(folder, 'orders.sql.gz');
    database = await testDatabase();
    target = await emptyDatabase();
    const app = await contexts(database.config);
    await someProducts(app, [10_000, 10_000]);
    await app.close();
  });
  afterEach(async () => {
    await Promise.all(running.map((app) => app.stop()));
    running = [];
    await database?.drop();
    await target?.drop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const start = async (app: AppName, on: TestDatabase) => {
    const started = await startApp(app, { DATABASE_URL: on.url, ...redis, ...SLOW });
    running.push(started);
    return started;
  };
  const place = async (api: RunningApp, key: string) => {
    const response = await fetch(`${api.url}/api/v1/orders/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({
        customer_name: 'Ada \\ Büyer\twith\nlines',
        customer_email: 'ada@example.com',
        items: [
          { product_id: 1, quantity: 2 },
          { product_id: 2, quantity: 1 },
        ],
      }),
    });
    return { status: response.status, body: await response.text() };
  };
  const statuses = async (of: TestDatabase) =>
    Object.fromEntries(
      (await of.query<{ status: string; count: number }>(`select status, count(*) from orders.orders group by 1`)).map(
        ({ status, count }) => [status, count],
      ),
    );
  const backup = () => runProgram('scripts/backup', [file], { DATABASE_URL: database.url });
  const restore = (...options: string[]) =>
    runProgram('scripts/restore', [file, ...options], { DATABASE_URL: target.url });

  it('is restored into a new database, where a worker brings every order to its end, whatever the queues hold by then', async () => {
    const api = await start('api', database);
    const worker = await start('worker', database);
    let placed = 0;
    let placing = true;
    const clients = Array.from({ length: 4 }, async () => {
      while (placing && placed < 600) expect((await place(api, `key-${placed++}`)).status).toBe(201);
    });
    await until(async () => {
      const { processing = 0, shipped = 0, delivered = 0 } = await statuses(database);
      return processing > 20 && shipped > 20 && delivered > 5;
    });
    const written = await backup();
    placing = false;
    await Promise.all(clients);
    expect(written).toMatchObject({ code: 0, output: expect.stringMatching(/Wrote .*: [\d,]+ orders/) });
    // The world goes on, and then its database is lost. On Redis the jobs of what came after the backup stay.
    await until(async () => (await statuses(database)).delivered! > 60);
    await api.stop('SIGKILL');
    await worker.stop('SIGKILL');

    expect(await runProgram('scripts/restore', [file], { DATABASE_URL: database.url })).toMatchObject({
      code: 1,
      output: expect.stringMatching(/is not empty .* --replace/),
    });
    const restored = await restore();
    expect(restored).toMatchObject({ code: 0, output: expect.stringContaining('invariants hold') });
    const before = await statuses(target);
    const orders = Object.values(before).reduce((sum, count) => sum + count, 0);
    const { pending = 0, processing = 0, shipped = 0 } = before;
    expect(pending + processing + shipped).toBeGreaterThan(40);
    expect(restored.output).toContain(`Restored ${orders} orders`);

    const newApi = await start('api', target);
    await start('worker', target);
    await until(async () => (await statuses(target)).delivered === orders, 60_000);
    const [stock] = await target.query(`select on_hand, reserved from inventory.stock_levels where product_id = 1`);
    expect(stock).toEqual({ on_hand: 10_000 - 2 * orders, reserved: 0 });

    // Ids go on where they were, and a key that the backup holds gives the stored reply.
    const [first, again] = [await place(newApi, 'key-0'), await place(newApi, 'key-0')];
    expect(first.status).toBe(201);
    expect(again).toEqual(first);
    expect((await place(newApi, 'a-new-one')).status).toBe(201);
    await until(async () => (await statuses(target)).delivered === orders + 1);
    await until(
      async () => (await target.query('select from messaging.outbox where published_at is null')).length === 0,
    );
    const verified = await runProgram('node', ['dist/apps/cli/src/main.js', 'verify', '--quiescent'], {
      DATABASE_URL: target.url,
    });
    expect(verified).toMatchObject({ code: 0, output: expect.stringContaining('invariants hold') });
  }, 180_000);
});
