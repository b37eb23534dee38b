import { randomUUID } from 'node:crypto';
import { ApplyTransitions, OrderStatisticsRepository, type OrderStatus } from '@app/orders';
import { Principal } from '@app/platform';
import { type TestApi, testApi } from '../support/api';
import { contexts } from '../support/contexts';
import { testDatabase } from '../support/database';
import { someProducts } from '../support/factories';
import { startApp, until } from '../support/processes';

interface SimpleOrder {
  order_id: string;
  user_id: string;
  item_ids: number[];
  total_amount: string;
  declared_total?: string;
  status: string;
  created_at: string;
}
interface Page {
  count: number;
  next: string | null;
  previous: string | null;
  results: SimpleOrder[];
}
interface Problem {
  code: string;
  errors: { field: string; message: string }[];
}

describe('the API for simple clients', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await testApi();
    await someProducts(api.app, [100, 100, 100, 2], { priceMinor: 3033 });
  });
  afterAll(async () => {
    await api?.close();
  });

  const post = (given: object = {}, headers?: Record<string, string>) =>
    api.post('/api/orders/', { user_id: 'user44', item_ids: [1, 2, 3], total_amount: 90.99, ...given }, headers);
  const placed = async (given: object = {}) => {
    const response = await post(given);
    expect(response.status).toBe(201);
    return (await response.json()) as SimpleOrder;
  };
  const move = async (orderId: string, ...way: OrderStatus[]) => {
    for (const to of way)
      await api.app
        .get(ApplyTransitions)
        .execute([{ orderId, to, principal: Principal.system('worker'), requestId: null, reason: null }]);
  };
  /** Units of the four products. */
  const available = async () =>
    (await api.json<{ results: { available_stock: number }[] }>('/api/v1/products/?ordering=created_at')).results.map(
      ({ available_stock }) => available_stock,
    );

  it('takes the printed example and answers it in the same words', async () => {
    const before = await available();
    const response = await api.post(
      '/api/orders/',
      '{"user_id": "user44", "item_ids": [1, 2, 3], "total_amount": 90.99}',
    );
    expect(response.status).toBe(201);
    const order = (await response.json()) as SimpleOrder;
    expect(order).toEqual({
      order_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      user_id: 'user44',
      item_ids: [1, 2, 3],
      total_amount: '90.99',
      status: 'PENDING',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
    expect(await available()).toEqual(before.map((units, index) => (index < 3 ? units - 1 : units)));
    expect(await api.json(response.headers.get('location')!)).toMatchObject({
      order_id: order.order_id,
      customer_name: 'user44',
      customer_email: null,
      priority: 'normal',
      total_amount: '90.99',
      declared_total: '90.99',
      items_count: 3,
    });
  });

  it('adds up repeated ids', async () => {
    const [first, second] = await available();
    const order = await placed({ item_ids: [2, 1, 2, 2], total_amount: '121.32' });
    expect(order).toMatchObject({ item_ids: [2, 2, 2, 1], total_amount: '121.32' });
    expect((await available()).slice(0, 2)).toEqual([first! - 1, second! - 3]);
    const detail = await api.json<{ items: object[] }>(`/api/v1/orders/${order.order_id}/`);
    expect(detail.items).toMatchObject([
      { product_id: 2, quantity: 3 },
      { product_id: 1, quantity: 1 },
    ]);
  });

  it("charges what the catalogue says, and tells the client's figure when it differs", async () => {
    const order = await placed({ item_ids: [1, 2], total_amount: 99.99 });
    expect(order).toMatchObject({ total_amount: '60.66', declared_total: '99.99' });
    expect((await api.json<Page>('/api/orders/')).results[0]).toEqual(order);
    expect(await api.json(`/api/v1/orders/${order.order_id}/`)).toMatchObject({
      total_amount: '60.66',
      declared_total: '99.99',
    });
  });

  it('takes an order id once, and a repeated Idempotency-Key for the same request', async () => {
    const order_id = randomUUID();
    expect(await placed({ order_id })).toMatchObject({ order_id });
    const again = await post({ order_id });
    expect([again.status, await again.json()]).toMatchObject([409, { errors: [{ field: 'order_id' }], order_id }]);
    const key = { 'idempotency-key': 'simple-1' };
    const [first, second] = [await post({}, key), await post({}, key)];
    expect([second.status, second.headers.get('idempotency-replayed'), await second.text()]).toEqual([
      201,
      'true',
      await first.text(),
    ]);
    expect((await post({ item_ids: [1] }, key)).status).toBe(422);
  });

  it.each(['order-2026/0001', 'Bestellung Nr. 7 für Jürgen', '茶'.repeat(100), '../..', 'a%2Fb?c#d'])(
    'keeps the id %s, finds the order by it, and takes it once',
    async (order_id) => {
      const order = await placed({ order_id });
      expect(order.order_id).toBe(order_id);
      const path = `/api/orders/${encodeURIComponent(order_id)}/`;
      expect(await api.json(path)).toEqual(order);
      expect(await api.json(`${path}status/`)).toEqual({
        order_id,
        status: 'PENDING',
        created_at: order.created_at,
      });
      expect((await api.json<Page>('/api/orders/')).results[0]).toEqual(order);
      const { results } = await api.json<{ results: { order_id: string }[] }>('/api/v1/orders/?page_size=1');
      expect(await api.json(`/api/v1/orders/${results[0]!.order_id}/`)).toMatchObject({ external_reference: order_id });
      const again = await post({ order_id });
      expect([again.status, await again.json()]).toMatchObject([
        409,
        { detail: `An order with order_id ${order_id} exists already.`, errors: [{ field: 'order_id' }] },
      ]);
    },
  );

  it('does not show references of the full API as ids', async () => {
    const order = {
      customer_name: 'Ada',
      customer_email: 'ada@example.com',
      items: [{ product_id: 3, quantity: 1 }],
      external_reference: 'WEB-1',
    };
    expect((await api.post('/api/v1/orders/', order)).status).toBe(201);
    expect((await api.request('/api/orders/WEB-1/')).status).toBe(404);
    expect((await api.json<Page>('/api/orders/')).results[0]!.order_id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each<[string, object, (order: SimpleOrder, location: string) => string]>([
    ['here, by its own id', { order_id: 'delete-me' }, () => '/api/orders/delete-me/'],
    ['here', {}, ({ order_id }) => `/api/orders/${order_id}/`],
    ['in the full API', {}, (_, location) => location],
  ])('cancels an order that is deleted %s, once, and releases its stock', async (_, given, toPath) => {
    const before = await available();
    const response = await post(given);
    const order = (await response.json()) as SimpleOrder;
    const path = toPath(order, response.headers.get('location')!);
    const remove = () => api.request(path, { method: 'DELETE' });
    const removed = await remove();
    expect([removed.status, await removed.text()]).toEqual([204, '']);
    expect(await available()).toEqual(before);
    expect(await api.json(`/api/orders/${order.order_id}/status/`)).toMatchObject({ status: 'CANCELLED' });
    const again = await remove();
    expect([again.status, await again.json()]).toMatchObject([
      409,
      { code: 'ORDER_CANNOT_CANCEL', detail: 'Cannot cancel order in cancelled status' },
    ]);
    expect(await available()).toEqual(before);
  });

  it.each<[string, object, number, string]>([
    ['no user', { user_id: '' }, 400, 'user_id'],
    ['a user as a number', { user_id: 44 }, 400, 'user_id'],
    ['no items', { item_ids: [] }, 400, 'item_ids'],
    ['1001 items', { item_ids: Array.from({ length: 1001 }, () => 1) }, 400, 'item_ids'],
    ['101 products', { item_ids: Array.from({ length: 101 }, (_, index) => index + 1) }, 400, 'item_ids'],
    ['an item as text', { item_ids: ['1'] }, 400, 'item_ids[0]'],
    ['half an item', { item_ids: [1, 1.5] }, 400, 'item_ids[1]'],
    ['an unknown product', { item_ids: [1, 1, 999] }, 400, 'item_ids[2]'],
    ['no total', { total_amount: undefined }, 400, 'total_amount'],
    ['a total below zero', { total_amount: -1 }, 400, 'total_amount'],
    ['a total with three places', { total_amount: '1.999' }, 400, 'total_amount'],
    ['an empty order id', { order_id: '' }, 400, 'order_id'],
    ['an order id of 101 characters', { order_id: 'x'.repeat(101) }, 400, 'order_id'],
    ['another field', { status: 'COMPLETED' }, 400, 'status'],
    ['more than is there', { item_ids: [1, 4, 4, 4] }, 409, 'item_ids[1]'],
  ])('refuses %s and names the field', async (_, given, status, field) => {
    const before = [await api.json('/api/orders/'), await available()];
    const response = await post(given);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json\b/);
    expect(((await response.json()) as Problem).errors.map((error) => error.field)).toContain(field);
    expect([await api.json('/api/orders/'), await available()]).toEqual(before);
  });

  it('lists all orders, newest first, page by page', async () => {
    const { count } = await api.json<Page>('/api/orders/');
    const orders: SimpleOrder[] = [];
    for (let index = 0; index < 5; index++) orders.unshift(await placed({ user_id: `user${index}` }));
    const first = await api.json<Page>('/api/orders/?page_size=2');
    expect(first).toMatchObject({ count: count + 5, previous: null, results: orders.slice(0, 2) });
    const second = (await (await fetch(first.next!)).json()) as Page;
    expect(second.results).toEqual(orders.slice(2, 4));
    const back = (await (await fetch(second.previous!)).json()) as Page;
    expect(back.results).toEqual(first.results);
    const full = await api.post('/api/v1/orders/', {
      customer_name: 'Ada',
      customer_email: 'ada@example.com',
      items: [{ product_id: 3, quantity: 2 }],
    });
    expect(full.status).toBe(201);
    expect((await api.json<Page>('/api/orders/')).results[0]).toMatchObject({ user_id: 'Ada', item_ids: [3, 3] });
  });

  it('tells the state in five words, and the figures agree at every step', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 5; index++) ids.push((await placed()).order_id);
    const metrics = () => api.json<Record<string, number | string | null>>('/api/metrics/');
    const before = await metrics();
    const since = (figure: string, now: Record<string, unknown>) => Number(now[figure]) - Number(before[figure]);
    expect(before.average_processing_time).toBeNull();
    await move(ids[0]!, 'processing', 'shipped', 'delivered');
    await move(ids[1]!, 'processing', 'shipped');
    await move(ids[2]!, 'processing');
    await move(ids[3]!, 'processing', 'failed');
    await move(ids[4]!, 'cancelled');
    const states = await Promise.all(ids.map((id) => api.json<{ status: string }>(`/api/orders/${id}/status/`)));
    expect(states).toEqual(
      ['COMPLETED', 'PROCESSING', 'PROCESSING', 'FAILED', 'CANCELLED'].map((status, index) => ({
        order_id: ids[index],
        status,
        created_at: expect.any(String),
      })),
    );
    for (const fold of [false, true]) {
      if (fold) await api.app.get(OrderStatisticsRepository).fold();
      const figures = await metrics();
      expect(Object.keys(figures)).toEqual(Object.keys(before));
      expect(
        ['total_orders', 'pending_orders', 'processing_orders', 'completed_orders'].map((name) => since(name, figures)),
      ).toEqual([0, -5, 2, 1]);
      expect(figures.average_processing_time).toEqual(expect.any(Number));
      expect(Math.abs(Date.parse(figures.last_updated as string) - Date.now())).toBeLessThan(20_000);
    }
  });

  it.each([
    ['/api/orders/not-a-uuid/status/', 404],
    [`/api/orders/${'x'.repeat(101)}/`, 400],
    [`/api/orders/${randomUUID()}/status/`, 404],
    ['/api/orders/?page_size=0', 400],
    ['/api/orders/?status=PENDING', 400],
  ])('answers %s with %i', async (path, status) => {
    expect((await api.request(path)).status).toBe(status);
  });
});

describe('many simple clients at once', () => {
  it('all get 201, and all their orders are completed in the end', async () => {
    const database = await testDatabase();
    const app = await contexts(database.config);
    await someProducts(app, [10_000, 10_000]);
    await app.close();
    const environment = { DATABASE_URL: database.url };
    const [server, worker] = await Promise.all([startApp('api', environment), startApp('worker', environment)]);
    const answers = await Promise.all(
      Array.from({ length: 300 }, () =>
        fetch(`${server.url}/api/orders/`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"user_id":"test_user","item_ids":[1,2],"total_amount":99.99}',
        }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    const metrics = async () =>
      (await (await fetch(`${server.url}/api/metrics/`)).json()) as Record<string, number | null>;
    await until(async () => {
      const { total_orders, pending_orders, processing_orders, completed_orders } = await metrics();
      expect(pending_orders! + processing_orders! + completed_orders!).toBe(total_orders);
      return completed_orders === 300;
    });
    expect(await metrics()).toMatchObject({ total_orders: 300, pending_orders: 0, processing_orders: 0 });
    await Promise.all([server.stop(), worker.stop()]);
    await database.drop();
  });
});
