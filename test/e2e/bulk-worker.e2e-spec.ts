import { Client } from 'pg';
import { contexts } from '../support/contexts';
import { type TestDatabase, testDatabase } from '../support/database';
import { someProducts } from '../support/factories';
import { requireInvariants } from '../support/invariants';
import { type RunningApp, startApp, until } from '../support/processes';

const ORDERS = 5000;
/** The order at which the first worker is stopped: in the third chunk of five. */
const OBSTACLE = 2500;

interface Batch {
  batch_id: string;
  status: string;
  processed_orders: number;
  successful_orders: number;
}

/** Large bulk requests with real processes. */
describe('a bulk request of 5,000 orders', () => {
  let database: TestDatabase;
  let running: RunningApp[] = [];
  let product: number;

  beforeEach(async () => {
    database = await testDatabase();
    const app = await contexts(database.config);
    [product] = (await someProducts(app, [1_000_000])) as [number];
    await app.close();
  });
  afterEach(async () => {
    await Promise.all(running.map((app) => app.stop('SIGKILL')));
    running = [];
    await database?.drop();
  });

  const start = async (app: 'api' | 'worker') => {
    // Stages wait: this is about placing.
    const started = await startApp(app, {
      DATABASE_URL: database.url,
      LOG_LEVEL: 'info',
      WORKER_CONCURRENCY: '1',
      SIMULATED_DELAY_MS_MIN: '200000',
      SIMULATED_DELAY_MS_MAX: '200000',
    });
    running.push(started);
    return started;
  };
  const send = async (api: RunningApp, policy: string) => {
    const response = await fetch(`${api.url}/api/v1/orders/bulk_create/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        error_policy: policy,
        orders: Array.from({ length: ORDERS }, (_, index) => ({
          customer_name: `Customer ${index}`,
          customer_email: `customer${index}@example.com`,
          external_reference: `order-${index}`,
          items: [{ product_id: product, quantity: 2 }],
        })),
      }),
    });
    expect(response.status).toBe(202);
    return response.headers.get('location')!;
  };
  const placed = async () =>
    (await database.query<{ count: number }>('select count(*) from orders.orders where batch_id is not null'))[0]!
      .count;

  it.each([
    ['reject_failed', 2000],
    ['reject_all', 0],
  ])(
    'of %s loses and doubles nothing when its worker is killed in the middle',
    async (policy, placedBefore) => {
      const api = await start('api');
      // Somebody else is about to write a reference of the third chunk: the worker waits for them, its orders half written.
      const other = new Client({ connectionString: database.url });
      await other.connect();
      try {
        await other.query('begin');
        await other.query(
          `insert into orders.orders (id, customer_name, total_minor, currency, line_count, external_reference, changed_by)
           values (gen_random_uuid(), 'Other', 1, 'USD', 1, 'order-${OBSTACLE}', 'other')`,
        );
        const first = await start('worker');
        const location = await send(api, policy);
        const read = async () => (await (await fetch(`${api.url}${location}`)).json()) as Batch;
        await until(async () => {
          const waiting = await database.query(
            `select 1 from pg_stat_activity where application_name = 'order-fulfillment worker'
                and datname = current_database() and wait_event_type = 'Lock' and query like '%new_orders%'`,
          );
          return waiting.length > 0;
        });
        // The schedule's jobs do not wait behind it, not even where one job at a time runs.
        await database.query(
          `insert into messaging.outbox (id, type, aggregate_id, aggregate_version, correlation_id, payload)
           select id, 'schedule.clean_up_messages.v1', id, 1, 'tick', jsonb_build_object('tick_at', now())
             from gen_random_uuid() id`,
        );
        await until(async () => first.output().includes('messaging.cleaned_up'));
        await first.stop('SIGKILL');
        expect(await read()).toMatchObject({ status: 'processing', processed_orders: placedBefore });
        expect(await placed()).toBe(placedBefore);
        await other.query('rollback');

        const second = await start('worker');
        await until(async () => (await read()).status === 'success', 60_000);
        expect(await read()).toMatchObject({ processed_orders: ORDERS, successful_orders: ORDERS });
        expect(await placed()).toBe(ORDERS);
        const [figures] = await database.query(
          `select (select count(*) from orders.orders) as orders,
                  (select count(distinct external_reference) from orders.orders) as references,
                  (select reserved from inventory.stock_levels where product_id = $1) as reserved,
                  (select count(*) from orders.order_batch_chunks) as chunks,
                  (select count(*) from messaging.outbox where type = 'order.placed.v1') as events`,
          [product],
        );
        expect(figures).toEqual({
          orders: ORDERS,
          references: ORDERS,
          reserved: 2 * ORDERS,
          chunks: 0,
          events: ORDERS,
        });
        const ended = () => second.logged().find(({ msg }) => msg === 'order_batch.ended');
        await until(async () => ended() !== undefined);
        expect(ended()).toMatchObject({ status: 'success', successful_orders: ORDERS });
        await requireInvariants(await database.open());
      } finally {
        await other.end();
      }
    },
    120_000,
  );
});
