import { setTimeout as sleep } from 'node:timers/promises';
import { QUEUES } from '@app/messaging';
import { contexts } from '../support/contexts';
import { type TestDatabase, testDatabase } from '../support/database';
import { someProducts } from '../support/factories';
import { type AppName, type RunningApp, startApp, until } from '../support/processes';
import { describeOnBothBackends, emptyRedis } from '../support/redis';

/** The whole product as real processes, on either queue backend. */
describeOnBothBackends('orders on their way, queues', (backend) => {
  let redis: { REDIS_URL: string } | undefined;
  let database: TestDatabase;
  let running: RunningApp[] = [];
  let product: number;

  beforeEach(async () => {
    redis = backend === 'redis' ? { REDIS_URL: (await emptyRedis(2))! } : undefined;
    database = await testDatabase();
    const app = await contexts(database.config);
    [product] = (await someProducts(app, [10_000])) as [number];
    await app.close();
  });
  afterEach(async () => {
    await Promise.all(running.map((app) => app.stop()));
    running = [];
    await database?.drop();
  });

  const start = async (app: AppName, environment: Record<string, string> = {}) => {
    const started = await startApp(app, {
      DATABASE_URL: database.url,
      ...redis,
      ...environment,
    });
    running.push(started);
    return started;
  };
  const place = async (api: RunningApp, headers: Record<string, string> = {}) => {
    const response = await fetch(`${api.url}/api/v1/orders/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({
        customer_name: 'Ada Buyer',
        customer_email: 'ada@example.com',
        items: [{ product_id: product, quantity: 2 }],
      }),
    });
    expect(response.status).toBe(201);
    return ((await response.json()) as { order_id: string }).order_id;
  };
  const countByStatus = async () =>
    Object.fromEntries(
      (
        await database.query<{ status: string; count: number }>(`select status, count(*) from orders.orders group by 1`)
      ).map(({ status, count }) => [status, count]),
    );
  const stock = async () =>
    (
      await database.query(
        `select on_hand, reserved,
                (select count(*) from inventory.stock_movements where product_id = $1 and kind = 'fulfill') as fulfilled,
                (select count(*) from inventory.reservations where product_id = $1 and state = 'held') as held
           from inventory.stock_levels where product_id = $1`,
        [product],
      )
    )[0];

  it('an order goes through its stages to delivered, with the stock exact after each', async () => {
    const api = await start('api');
    const id = await place(api);
    expect(await stock()).toEqual({ on_hand: 10_000, reserved: 2, fulfilled: 0, held: 1 });
    await start('worker');
    await until(async () => (await countByStatus()).delivered === 1);
    expect(await stock()).toEqual({ on_hand: 9998, reserved: 0, fulfilled: 1, held: 0 });
    const detail = (await (await fetch(`${api.url}/api/v1/orders/${id}/`)).json()) as {
      version: number;
      status_history: { to_status: string }[];
    };
    expect(detail.version).toBe(4);
    expect(detail.status_history.map(({ to_status }) => to_status)).toEqual([
      'pending',
      'processing',
      'shipped',
      'delivered',
    ]);
  });

  it('the request id goes from HTTP through the queue into the lines of the worker', async () => {
    const api = await start('api', { LOG_LEVEL: 'info' });
    const worker = await start('worker', { LOG_LEVEL: 'info' });
    const id = await place(api, { 'x-request-id': 'trace-me-42' });
    await until(async () => (await countByStatus()).delivered === 1);
    const traced = (app: RunningApp) => app.logged().filter(({ request_id }) => request_id === 'trace-me-42');
    await until(async () => traced(worker).length === 3 && traced(api).length === 2);
    expect(traced(worker)).toMatchObject([1, 2, 3].map(() => ({ msg: 'order.moved', order_id: id })));
    expect(traced(api).map(({ msg }) => msg)).toEqual(['order.placed', 'http.request']);
  });

  it('kill -9 of the worker while 200 orders are moving loses none of them', async () => {
    const api = await start('api');
    const slow = { SIMULATED_DELAY_MS_MIN: '50', SIMULATED_DELAY_MS_MAX: '1500' };
    const worker = await start('worker', slow);
    await Promise.all(Array.from({ length: 200 }, () => place(api)));
    await until(async () => {
      const { processing = 0, shipped = 0, delivered = 0 } = await countByStatus();
      return processing + shipped > 50 && delivered > 0;
    });
    await worker.stop('SIGKILL');
    const { delivered = 0 } = await countByStatus();
    expect(delivered).toBeLessThan(200);
    await start('worker', slow);
    await until(async () => (await countByStatus()).delivered === 200, 60_000);
    expect(await stock()).toEqual({ on_hand: 9600, reserved: 0, fulfilled: 200, held: 0 });
    const [{ versions }] = (await database.query(`select count(*) as versions from audit.order_versions`)) as [
      { versions: number },
    ];
    expect(versions).toBe(600);
  }, 120_000);

  it('emptying the queue while 200 orders are moving loses none of them', async () => {
    const api = await start('api');
    await start('worker', { SIMULATED_DELAY_MS_MIN: '500', SIMULATED_DELAY_MS_MAX: '2000' });
    await until(async () => (await database.query(`select 1 from messaging.queue_sentinels`)).length === QUEUES.length);
    await Promise.all(Array.from({ length: 200 }, () => place(api)));
    await until(async () => {
      const { processing = 0, shipped = 0 } = await countByStatus();
      return processing + shipped > 50;
    });
    await (backend === 'redis' ? emptyRedis(2) : database.query('truncate bullmq.job cascade'));
    await until(async () => (await countByStatus()).delivered === 200, 60_000);
    expect(await stock()).toEqual({ on_hand: 9600, reserved: 0, fulfilled: 200, held: 0 });
  }, 90_000);

  it('a cancel at any moment ends cancelled with its stock back once, or leaves the order on its way', async () => {
    const api = await start('api');
    await start('worker', { SIMULATED_DELAY_MS_MIN: '0', SIMULATED_DELAY_MS_MAX: '300' });
    const statusOf = async (id: string) =>
      ((await (await fetch(`${api.url}/api/v1/orders/${id}/status/`)).json()) as { status: string }).status;
    const cancel = async (id: string) =>
      (await fetch(`${api.url}/api/v1/orders/${id}/cancel/`, { method: 'POST' })).status;
    // A third is cancelled at once, a third at any moment, a third when it is too late.
    const answers = await Promise.all(
      Array.from({ length: 99 }, async (_, index) => {
        const id = await place(api);
        if (index % 3 === 1) await sleep(index * 8);
        if (index % 3 === 2)
          await until(async () => ['shipped', 'delivered'].includes(await statusOf(id)), 30_000, 200);
        return cancel(id);
      }),
    );
    await until(async () => {
      const { delivered = 0, cancelled = 0 } = await countByStatus();
      return delivered + cancelled === 99;
    });
    expect(answers.filter((_, index) => index % 3 === 2)).toEqual(Array(33).fill(409));
    const cancelled = answers.filter((status) => status === 200).length;
    expect(answers.filter((status) => status === 409)).toHaveLength(99 - cancelled);
    expect(cancelled).toBeGreaterThan(0);
    expect(await countByStatus()).toEqual({ cancelled, delivered: 99 - cancelled });
    expect(await stock()).toEqual({
      on_hand: 10_000 - 2 * (99 - cancelled),
      reserved: 0,
      fulfilled: 99 - cancelled,
      held: 0,
    });
  }, 90_000);
});
