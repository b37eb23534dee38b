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

  it('is one of many for those who may read all orders', async () => {
    expect((await get(`/api/v1/orders/${adasOrder}/`, operator)).status).toBe(200);
    expect(await idsOf('/api/v1/orders/?page_size=100', operator)).toEqual(
      expect.arrayContaining([adasOrder, ...(await idsOf('/api/v1/orders/', eve))]),
    );
  });
});
