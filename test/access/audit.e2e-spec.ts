import { AdjustStock } from '@app/inventory';
import { ApplyTransitions } from '@app/orders';
import { Principal } from '@app/platform';
import { anAccount, anApiKey, type TestAccount } from '../support/accounts';
import { type TestApi, testApi } from '../support/api';
import { someProducts } from '../support/factories';
import { until } from '../support/processes';

interface Entry {
  at: string;
  actor: string | null;
  actor_name: string | null;
  action: string;
  entity: string;
  id: string | null;
  request_id: string | null;
  reason: string | null;
  changes: { field: string; from: unknown; to: unknown }[];
  details: Record<string, unknown>;
}

interface Page {
  count: number;
  count_is_capped: boolean;
  next: string | null;
  previous: string | null;
  results: Entry[];
}

describe('the audit', () => {
  let api: TestApi;
  let admin: TestAccount;
  let warehouse: TestAccount;
  let customer: TestAccount;
  let product: number;
  let orderId: string;

  beforeAll(async () => {
    api = await testApi({ AUTH_MODE: 'required' });
    [product] = (await someProducts(api.app, [100, 100])) as [number];
    [admin, warehouse, customer] = [
      await anAccount(api.app, 'admin'),
      await anAccount(api.app, 'warehouse'),
      await anAccount(api.app, 'customer'),
    ];
    const order = {
      customer_name: 'C',
      customer_email: 'c@example.com',
      items: [{ product_id: product, quantity: 2 }],
    };
    const placed = await api.post('/api/v1/orders/', order, { ...customer.bearer, 'x-request-id': 'place-1' });
    orderId = ((await placed.json()) as { order_id: string }).order_id;
    await api.patch(
      `/api/v1/orders/${orderId}/`,
      { notes: 'at the door' },
      { ...customer.bearer, 'x-request-id': 'amend-1' },
    );
    const by = { principal: Principal.parse('worker'), requestId: 'place-1', reason: 'Picked' };
    await api.app.get(ApplyTransitions, { strict: false }).execute([{ orderId, to: 'processing', ...by }]);
    await api.patch(
      `/api/v1/products/${product}/`,
      { price: '5.00', minimum_threshold: 3 },
      { ...admin.bearer, 'x-request-id': 'price-1' },
    );
  });
  afterAll(() => api?.close());

  const read = async (query: string, headers = admin.bearer) => {
    const response = await api.request(
      query.startsWith('http') ? query.slice(api.url.length) : `/api/v1/audit/?${query}`,
      {
        headers,
      },
    );
    expect([response.status, query]).toEqual([200, query]);
    return (await response.json()) as Page;
  };
  const told = ({ results }: Page) => results.map(({ actor, action, entity, id }) => [actor, action, entity, id]);
  const adjust = (body: object, { bearer }: Pick<TestAccount, 'bearer'>, requestId: string) =>
    api.post(`/api/v1/inventory/${product}/adjust/`, body, { ...bearer, 'x-request-id': requestId });

  it('answers who changed the stock level of a product last week, and by which request', async () => {
    expect((await adjust({ adjustment_type: 'remove', quantity: 7, notes: 'Lost' }, warehouse, 'count-1')).status).toBe(
      200,
    );
    await database(`alter table inventory.stock_movements disable trigger append_only`);
    // What happened last week, and what happened the week before.
    await database(
      `update inventory.stock_movements set created_at = created_at - interval '3 days' where notes = 'Lost'`,
    );
    await database(`alter table inventory.stock_movements enable trigger append_only`);
    await adjust({ adjustment_type: 'add', quantity: 1 }, admin, 'count-2');
    const day = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
    const { results } = await read(`entity=stock&id=${product}&date_from=${day(7)}&date_to=${day(1)}`);
    expect(results).toMatchObject([
      {
        actor: `user:${warehouse.id}`,
        actor_name: warehouse.username,
        action: 'adjust',
        entity: 'stock',
        id: String(product),
        request_id: 'count-1',
        reason: 'Lost',
        changes: [{ field: 'quantity', from: 100, to: 93 }],
      },
    ]);
  });

  it('tells the changes of one order: by whom, from what to what, and by which request', async () => {
    const { results, count, count_is_capped: isCapped } = await read(`entity=order&id=${orderId}`);
    expect([count, isCapped]).toEqual([3, false]);
    expect(results).toMatchObject([
      {
        actor: 'worker',
        actor_name: null,
        action: 'updated',
        request_id: 'place-1',
        reason: 'Picked',
        changes: expect.arrayContaining([{ field: 'status', from: 'pending', to: 'processing' }]),
        details: { version: 3 },
      },
      {
        actor: `user:${customer.id}`,
        actor_name: customer.username,
        action: 'updated',
        request_id: 'amend-1',
        changes: [{ field: 'notes', from: null, to: 'at the door' }],
      },
      { actor: `user:${customer.id}`, action: 'created', request_id: 'place-1', changes: [] },
    ]);
  });

  it('tells prices in the words of the API, and thresholds with the product that they came with', async () => {
    const { results } = await read(`entity=product&id=${product}`);
    expect(results[0]).toMatchObject({
      actor: `user:${admin.id}`,
      action: 'updated',
      request_id: 'price-1',
      changes: [
        { field: 'price', to: '5.00' },
        { field: 'minimum_threshold', to: 3 },
      ],
    });
  });

  it('finds what somebody did to anything, whether it was changed again since or not', async () => {
    const { results } = await read(`actor=${encodeURIComponent(`user:${customer.id}`)}`);
    expect(results.map(({ entity, action }) => `${entity} ${action}`)).toEqual(['order updated', 'order created']);
    expect(told(await read(`actor=user:${admin.id}&entity=product`))).toEqual([
      [`user:${admin.id}`, 'updated', 'product', String(product)],
    ]);
    expect(told(await read(`actor=worker&entity=order`))).toEqual([['worker', 'updated', 'order', orderId]]);
  });

  it('finds what a program did by its key', async () => {
    const key = await anApiKey(api.app, admin, ['inventory:write']);
    await adjust({ adjustment_type: 'damage', quantity: 1 }, { bearer: key.header }, 'damage-1');
    expect((await read(`actor=api_key:${key.id}`)).results).toMatchObject([
      { actor_name: 'test', action: 'damage', entity: 'stock', request_id: 'damage-1' },
    ]);
  });

  it('tells who made accounts, changed roles and was refused', async () => {
    const made = await api.post(
      '/api/v1/users/',
      { username: 'linus', password: 'correct horse battery', role: 'viewer' },
      admin.bearer,
    );
    const { id } = (await made.json()) as { id: string };
    await api.patch(`/api/v1/users/${id}/`, { role: 'manager' }, { ...admin.bearer, 'x-request-id': 'role-1' });
    await api.request('/api/v1/audit/', { headers: warehouse.bearer });
    expect((await read(`entity=user&id=${id}`)).results).toMatchObject([
      {
        action: 'role.changed',
        actor_name: admin.username,
        request_id: 'role-1',
        details: { from: 'viewer', to: 'manager' },
      },
      { action: 'user.changed' },
      { action: 'user.created', details: { role: 'viewer', address: '127.0.0.1' } },
    ]);
    // Refusals are written beside the request.
    await until(async () => (await read('action=permission.refused')).results.length > 0);
    expect((await read('action=permission.refused')).results).toMatchObject([
      { actor: `user:${warehouse.id}`, details: { permission: 'audit:read' } },
    ]);
  });

  it('has every entry once, in the order of time, forth and back', async () => {
    await api.app
      .get(AdjustStock, { strict: false })
      .execute({ productId: product, type: 'add', quantity: 1, principal: Principal.parse('cli') });
    const all = (await read('page_size=100')).results;
    expect(all.length).toBeGreaterThan(10);
    expect(all.map(({ at }) => at)).toEqual(
      all
        .map(({ at }) => at)
        .toSorted()
        .reverse(),
    );
    for (const size of [1, 3]) {
      const pages: Page[] = [await read(`page_size=${size}`)];
      while (pages.at(-1)!.next) pages.push(await read(pages.at(-1)!.next!));
      expect(pages.flatMap(({ results }) => results)).toEqual(all);
      const back: Page[] = [pages.at(-1)!];
      while (back.at(-1)!.previous) back.push(await read(back.at(-1)!.previous!));
      expect(back.reverse().flatMap(({ results }) => results)).toEqual(all);
    }
  });

  it('tells of an order that was deleted that it was, and its changes before', async () => {
    const order = {
      customer_name: 'D',
      customer_email: 'd@example.com',
      items: [{ product_id: product, quantity: 1 }],
    };
    const placed = await api.post('/api/v1/orders/', order, customer.bearer);
    const { order_id: gone } = (await placed.json()) as { order_id: string };
    await database(`delete from orders.orders where id = '${gone}'`);
    const one = await read(`entity=order&id=${gone}`);
    expect(one.results.map(({ action, actor }) => [action, actor])).toEqual([
      ['deleted', null],
      ['created', `user:${customer.id}`],
    ]);
    expect(told(await read('entity=order&action=deleted'))).toEqual([[null, 'deleted', 'order', gone]]);
  });

  it.each([
    ['id=1', 'entity'],
    ['entity=order&id=1', 'id'],
    ['entity=stock&id=x', 'id'],
    ['entity=user&action=damage', 'action'],
    ['entity=shop', 'entity'],
    ['date_from=yesterday', 'date_from'],
    ['page_size=101', 'page_size'],
    ['cursor=x', 'cursor'],
  ])('refuses %s and names %s', async (query, field) => {
    const response = await api.request(`/api/v1/audit/?${query}`, { headers: admin.bearer });
    expect([response.status, await response.json()]).toMatchObject([400, { errors: [{ field }] }]);
  });

  it('is for those with audit:read', async () => {
    const statusOf = async (headers: Record<string, string>) =>
      (await api.request('/api/v1/audit/', { headers })).status;
    const manager = await anAccount(api.app, 'manager');
    expect([
      await statusOf({}),
      await statusOf(customer.bearer),
      await statusOf(warehouse.bearer),
      await statusOf(manager.bearer),
    ]).toEqual([401, 403, 403, 200]);
  });

  function database(sql: string) {
    return api.database.query(sql);
  }
});
