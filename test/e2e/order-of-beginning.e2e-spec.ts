import { contexts } from '../support/contexts';
import { type TestDatabase, testDatabase } from '../support/database';
import { someProducts } from '../support/factories';
import { type AppName, type RunningApp, startApp, until } from '../support/processes';
import { describeOnBothBackends, emptyRedis } from '../support/redis';

const ORDERS = 130;

/** One worker that does one job at a time, and more orders than the queue has room for. */
describeOnBothBackends('orders begin in their turn, queues', (backend) => {
  let redis: { REDIS_URL: string } | undefined;
  let database: TestDatabase;
  let running: RunningApp[] = [];
  let product: number;

  beforeEach(async () => {
    redis = backend === 'redis' ? { REDIS_URL: (await emptyRedis(7))! } : undefined;
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

  const start = async (app: AppName) => {
    const settings = { WORKER_CONCURRENCY: '1', SIMULATED_DELAY_MS_MIN: '0', SIMULATED_DELAY_MS_MAX: '0' };
    const started = await startApp(app, { DATABASE_URL: database.url, ...redis, ...settings });
    running.push(started);
    return started;
  };
  const send = async (method: string, url: string, body: object) => {
    const response = await fetch(url, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect([200, 201]).toContain(response.status);
    return (await response.json()) as { order_id: string };
  };
  const place = async (api: RunningApp, priority: string) => {
    const { order_id: id } = await send('POST', `${api.url}/api/v1/orders/`, {
      customer_name: 'Ada Buyer',
      customer_email: 'ada@example.com',
      priority,
      items: [{ product_id: product, quantity: 1 }],
    });
    return id;
  };
  const begun = async () =>
    (
      await database.query<{ id: string }>(
        `select id from orders.orders where processing_started_at is not null order by processing_started_at`,
      )
    ).map(({ id }) => id);

  it('first in, first out within a priority, and a changed priority takes effect while it waits', async () => {
    const api = await start('api');
    const normal: string[] = [];
    for (let index = 0; index < ORDERS; index++) normal.push(await place(api, 'normal'));
    const high = [await place(api, 'high'), await place(api, 'high')];
    const raised = normal.at(-1)!;
    const lowered = normal[1]!;
    await send('PATCH', `${api.url}/api/v1/orders/${raised}/`, { priority: 'high' });
    await send('PATCH', `${api.url}/api/v1/orders/${lowered}/`, { priority: 'low' });
    await start('worker');
    await until(async () => (await begun()).length === ORDERS + 2, 90_000);
    const others = normal.filter((id) => id !== raised && id !== lowered);
    expect(await begun()).toEqual([raised, ...high, ...others, lowered]);
  }, 120_000);
});
