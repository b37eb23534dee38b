import { PlaceAcceptedBatch } from '@app/orders';
import { anAccount, anApiKey, type TestAccount } from '../support/accounts';
import { type TestApi, testApi } from '../support/api';
import { addDemoData } from '../support/demo-data';

const ITEMS = [{ product_id: 1, quantity: 1 }];
const ORDER = { customer_name: 'C', customer_email: 'c@example.com', items: ITEMS };

describe('a customer', () => {
  let api: TestApi;
  let ada: TestAccount;
  let eve: TestAccount;
  let operator: TestAccount;
  let adasOrder: string;
  let adasBatch: string;

  beforeAll(async () => {
    api = await testApi({ AUTH_MODE: 'required' });
    await addDemoData(api.app);
    [ada, eve, operator] = [
      await anAccount(api.app, 'customer'),
      await anAccount(api.app, 'customer'),
      await anAccount(api.app, 'operator'),
    ];
    adasOrder = ((await (await api.post('/api/v1/orders/', ORDER, ada.bearer)).json()) as { order_id: string })
      .order_id;
    const bulk = await api.post('/api/v1/orders/bulk_create/', { orders: [ORDER] }, ada.bearer);
    adasBatch = ((await bulk.json()) as { batch_id: string }).batch_id;
  });
  afterAll(() => api?.close());

  const get = (path: string, account: TestAccount) => api.request(path, { headers: account.bearer });
  const idsOf = async (path: string, account: TestAccount) => {
    const { count, results } = (await (await get(path, account)).json()) as {
      count: number;
      results: { order_id: string }[];
    };
    expect(results).toHaveLength(count);
    return results.map(({ order_id: id }) => id);
  };
  /** What a stranger is answered, less what differs from request to request. */
  const answer = async (response: Response) => {
    const { detail, code } = (await response.json()) as { detail: string; code: string };
    return [response.status, code, detail];
  };

  it('sees the own order wherever orders are shown', async () => {
    for (const path of ['', 'status/', 'history/'])
      expect((await get(`/api/v1/orders/${adasOrder}/${path}`, ada)).status).toBe(200);
    expect((await get(`/api/orders/${adasOrder}/status/`, ada)).status).toBe(200);
    expect((await get(`/api/v1/orders/batches/${adasBatch}/`, ada)).status).toBe(200);
    expect(await idsOf('/api/v1/orders/', ada)).toContain(adasOrder);
    expect(await idsOf('/api/orders/', ada)).toContain(adasOrder);
  });

  it('cannot tell the order of somebody else from one that does not exist', async () => {
    const nobodys = '0199c5a2-7d1e-7c33-9b51-00000000dead';
    const calls: [method: string, path: (id: string) => string, body?: object][] = [
      ['GET', (id) => `/api/v1/orders/${id}/`],
      ['GET', (id) => `/api/v1/orders/${id}/?as_of=2030-01-01`],
      ['GET', (id) => `/api/v1/orders/${id}/status/`],
      ['GET', (id) => `/api/v1/orders/${id}/history/`],
      ['GET', (id) => `/api/v1/orders/stream/?order_id=${id}`],
      ['PATCH', (id) => `/api/v1/orders/${id}/`, { notes: 'mine now' }],
      ['POST', (id) => `/api/v1/orders/${id}/cancel/`, {}],
      ['DELETE', (id) => `/api/v1/orders/${id}/`],
      ['GET', (id) => `/api/orders/${id}/`],
      ['GET', (id) => `/api/orders/${id}/status/`],
      ['DELETE', (id) => `/api/orders/${id}/`],
    ];
    for (const [method, path, body] of calls) {
      const send = async (id: string) =>
        answer(
          await api.request(path(id), {
            method,
            headers: { ...eve.bearer, ...(body && { 'content-type': 'application/json' }) },
            body: body && JSON.stringify(body),
          }),
        );
      const expected = (await send(nobodys)).map((part) => String(part).replaceAll(nobodys, adasOrder));
      expect((await send(adasOrder)).map(String)).toEqual(expected);
      expect(expected[0]).toBe('404');
    }
    expect((await get(`/api/v1/orders/batches/${adasBatch}/`, eve)).status).toBe(404);
    expect(((await (await get(`/api/v1/orders/${adasOrder}/`, ada)).json()) as { version: number }).version).toBe(1);
  });

  it('finds the own orders only, whatever is searched, filtered and sorted', async () => {
    const mine = (await (await api.post('/api/v1/orders/', ORDER, eve.bearer)).json()) as { order_id: string };
    for (const query of [
      '',
      '?search=c@example.com',
      '?customer_email=c@example.com',
      '?status=pending',
      '?priority=normal',
      '?status=pending&ordering=status',
      '?ordering=total_amount',
      '?ordering=updated_at',
      '?stale_only=false',
      '?date_from=2020-01-01',
      `?search=${adasOrder}`,
    ])
      expect([query, await idsOf(`/api/v1/orders/${query}`, eve)]).toEqual([
        query,
        query.includes(adasOrder) ? [] : [mine.order_id],
      ]);
    expect(await idsOf('/api/orders/', eve)).toEqual([mine.order_id]);
  });

  it('owns what is placed, in every way of placing, whatever name is written on it', async () => {
    const carl = await anAccount(api.app, 'customer');
    const simple = await api.post('/api/orders/', { user_id: ada.id, item_ids: [1], total_amount: 1 }, carl.bearer);
    expect(simple.status).toBe(201);
    await api.post('/api/v1/orders/bulk_create/', { orders: [ORDER, ORDER] }, carl.bearer);
    const accepted = await api.post(
      '/api/v1/orders/bulk_create/',
      { orders: [ORDER] },
      { ...carl.bearer, prefer: 'respond-async' },
    );
    const { batch_id: batchId } = (await accepted.json()) as { batch_id: string };
    await api.app.get(PlaceAcceptedBatch, { strict: false }).execute(batchId);
    const key = await anApiKey(api.app, carl);
    await api.post('/api/v1/orders/', ORDER, key.header);
    expect(await idsOf('/api/v1/orders/', carl)).toHaveLength(5);
    const owners = await api.database.query(
      'select distinct changed_by from orders.orders where user_id = $1 order by 1',
      [carl.id],
    );
    expect(owners).toEqual([{ changed_by: `api_key:${key.id}` }, { changed_by: `user:${carl.id}` }]);
  });

  it('watches named orders of the own only', async () => {
    expect(await answer(await get('/api/v1/orders/stream/', eve))).toEqual([
      400,
      'VALIDATION_FAILED',
      'The request is not valid.',
    ]);
    const leaving = new AbortController();
    const stream = await api.request(`/api/v1/orders/stream/?order_id=${adasOrder}`, {
      headers: ada.bearer,
      signal: leaving.signal,
    });
    expect(stream.status).toBe(200);
    leaving.abort();
    // Of several, each is looked at.
    const others = ((await (await api.post('/api/v1/orders/', ORDER, eve.bearer)).json()) as { order_id: string })
      .order_id;
    const both = await get(`/api/v1/orders/stream/?order_id=${adasOrder}&order_id=${others}`, ada);
    expect(await answer(both)).toEqual([404, 'ORDER_NOT_FOUND', `Order ${others} does not exist.`]);
  });

  it('has idempotency keys of the own: the same key of another one is another key', async () => {
    const keyed = (account: TestAccount) =>
      api.post('/api/v1/orders/', ORDER, { ...account.bearer, 'idempotency-key': 'k-1' });
    const first = await (await keyed(ada)).text();
    const again = await keyed(ada);
    expect([again.headers.get('idempotency-replayed'), await again.text()]).toEqual(['true', first]);
    const other = await keyed(eve);
    expect([other.status, other.headers.get('idempotency-replayed')]).toEqual([201, null]);
    expect(await other.text()).not.toBe(first);
  });

  it('places at most a hundred orders with one bulk request', async () => {
    const send = (account: TestAccount, count: number, more = {}) =>
      api.post(
        '/api/v1/orders/bulk_create/',
        { orders: Array(count).fill(ORDER), dry_run: true },
        { ...account.bearer, ...more },
      );
    expect((await send(ada, 100)).status).toBe(200);
    for (const more of [{}, { prefer: 'respond-async' }]) {
      const refused = await send(ada, 101, more);
      expect(refused.status).toBe(400);
      expect(await refused.json()).toMatchObject({
        code: 'VALIDATION_FAILED',
        errors: [{ field: 'orders', code: 'too_big', message: expect.stringContaining('at most 100 orders') }],
      });
    }
    expect((await send(operator, 101)).status).toBe(200);
  });

  it('finds the own order by every id that a simple client may give it, also one that only looks like a UUID', async () => {
    for (const id of ['order-1', '11111111-2222-0333-0444-555555555555', '0199C5A2-7D1E-7C33-9B51-3F1F5A0A9C77']) {
      const body = { user_id: ada.id, item_ids: [1], total_amount: 1, order_id: id };
      expect((await api.post('/api/orders/', body, ada.bearer)).status).toBe(201);
      expect([id, (await get(`/api/orders/${id}/`, ada)).status]).toEqual([id, 200]);
      expect([id, (await get(`/api/orders/${id}/`, eve)).status]).toEqual([id, 404]);
    }
  });

  it('is not told which order of somebody else has its reference', async () => {
    const place = async (account: TestAccount) => {
      const response = await api.post('/api/v1/orders/', { ...ORDER, external_reference: 'WEB-1' }, account.bearer);
      return { status: response.status, ...((await response.json()) as { order_id?: string; code?: string }) };
    };
    const { order_id: orderId } = await place(ada);
    const duplicate = { status: 409, code: 'ORDER_DUPLICATE' };
    expect(await place(ada)).toMatchObject({ ...duplicate, order_id: orderId });
    expect(await place(operator)).toMatchObject({ ...duplicate, order_id: orderId });
    const told = await place(eve);
    expect(told).toMatchObject(duplicate);
    expect(JSON.stringify(told)).not.toContain(orderId);
    // Nor by a bulk request.
    const orders = [{ ...ORDER, external_reference: 'WEB-1' }];
    const bulk = await api.post('/api/v1/orders/bulk_create/', { orders }, eve.bearer);
    expect([bulk.status, (await bulk.text()).includes(orderId!)]).toEqual([409, false]);
  });

  it('is one of many for those who may read all orders', async () => {
    expect((await get(`/api/v1/orders/${adasOrder}/`, operator)).status).toBe(200);
    expect(await idsOf('/api/v1/orders/?page_size=100', operator)).toEqual(
      expect.arrayContaining([adasOrder, ...(await idsOf('/api/v1/orders/', eve))]),
    );
  });
});
