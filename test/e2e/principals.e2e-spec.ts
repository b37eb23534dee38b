import { PlaceAcceptedBatch } from '@app/orders';
import { Principal } from '@app/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pino from 'pino';
import { createApp } from '../../apps/api/src/create-app';
import { type TestDatabase, testDatabase } from '../support/database';

const ADA = Principal.user({ id: 'ada@example.com', name: 'Ada' });

describe('who sends a request', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let url: string;
  const logged: { msg: string; principal?: string; request_id?: string }[] = [];

  beforeAll(async () => {
    database = await testDatabase();
    const logger = pino({ level: 'info' }, { write: (line: string) => void logged.push(JSON.parse(line)) });
    app = await createApp(database.config, logger);
    // What authentication is going to do.
    app
      .getHttpAdapter()
      .getInstance()
      .addHook('onRequest', (request, _reply, done) => {
        if (request.headers['x-test-user'] !== undefined) request.principal = ADA;
        done();
      });
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const send = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      body: body && JSON.stringify(body),
    });
    expect(response.status).toBeLessThan(300);
    const text = await response.text();
    return (text ? JSON.parse(text) : {}) as { id: number; order_id: string; batch_id: string };
  };
  /** One of each write there is. */
  const writeEverything = async (sku: string, headers: Record<string, string>) => {
    const { id } = await send(
      'POST',
      '/api/v1/products/',
      { name: 'Lamp', sku, price: '9.90', initial_stock: 50 },
      headers,
    );
    await send('PATCH', `/api/v1/products/${id}/`, { price: '8.90', minimum_threshold: 3 }, headers);
    await send('POST', `/api/v1/inventory/${id}/adjust/`, { adjustment_type: 'damage', quantity: 1 }, headers);
    await send('POST', '/api/v1/inventory/reconcile/', { dry_run: false }, headers);
    const wish = { customer_name: 'A', customer_email: 'a@example.com', items: [{ product_id: id, quantity: 1 }] };
    const { order_id: placed } = await send('POST', '/api/v1/orders/', wish, headers);
    await send('PATCH', `/api/v1/orders/${placed}/`, { notes: 'at the door' }, headers);
    await send('POST', `/api/v1/orders/${placed}/cancel/`, { reason: 'too late' }, headers);
    await send('POST', '/api/v1/orders/bulk_create/', { orders: [wish, wish] }, headers);
    const accepted = { ...headers, prefer: 'respond-async' };
    const { batch_id: batchId } = await send('POST', '/api/v1/orders/bulk_create/', { orders: [wish] }, accepted);
    await app.get(PlaceAcceptedBatch, { strict: false }).execute(batchId);
    const simple = { user_id: 'u', item_ids: [id], total_amount: 8.9 };
    const { order_id: simplePlaced } = await send('POST', '/api/orders/', simple, headers);
    await send('DELETE', `/api/orders/${simplePlaced}/`, undefined, headers);
    await send('DELETE', `/api/v1/products/${id}/`, undefined, headers);
  };
  /** Every signature that was written, with how often. */
  const signatures = async () =>
    database.query<{ what: string; who: string; times: number }>(`
      select what, who, count(*)::int as times
        from (select 'order' as what, changed_by as who from orders.orders
              union all select 'order version', row ->> 'changed_by' from audit.order_versions
              union all select 'product', changed_by from products.products
              union all select 'product version', row ->> 'changed_by' from audit.product_versions
              union all select 'movement', processed_by from inventory.stock_movements
              union all select 'batch', created_by from orders.order_batches) written
       group by 1, 2 order by 1, 2`);
  const WRITTEN = [
    { what: 'batch', times: 2 },
    { what: 'movement', times: 9 },
    { what: 'order', times: 5 },
    { what: 'order version', times: 3 },
    { what: 'product', times: 1 },
    { what: 'product version', times: 2 },
  ];

  it('is in every version, movement and batch that comes of it, also when a worker carries it out', async () => {
    await writeEverything('LAMP-1', { 'x-test-user': 'ada' });
    expect(await signatures()).toEqual(WRITTEN.map((written) => ({ ...written, who: 'user:ada%40example.com' })));
  });

  it('is written as it always was while it has no account', async () => {
    await writeEverything('LAMP-2', {});
    expect((await signatures()).filter(({ who }) => who !== ADA.text)).toEqual(
      WRITTEN.map((written) => ({ ...written, who: 'api' })),
    );
  });

  it('is in the log lines of requests and of what they change, by its id and not by its name', async () => {
    logged.length = 0;
    await writeEverything('LAMP-3', { 'x-test-user': 'ada', 'x-request-id': 'of-ada' });
    await fetch(`${url}/api/v1/orders/%zz`, { headers: { 'x-test-user': 'ada' } });
    const lines = new Map(logged.map(({ msg, principal }) => [msg, principal]));
    expect(Object.fromEntries(lines)).toMatchObject(
      Object.fromEntries(
        ['order.placed', 'order.moved', 'order_batch.accepted', 'order_batch.ended', 'stock.reconciled'].map((name) => [
          name,
          ADA.text,
        ]),
      ),
    );
    const requests = logged.filter(({ msg, request_id: id }) => msg === 'http.request' && id === 'of-ada');
    expect(requests.length).toBe(12);
    expect(new Set(requests.map(({ principal }) => principal))).toEqual(new Set([ADA.text]));
    expect(JSON.stringify(logged)).not.toContain('"Ada"');
  });
});
