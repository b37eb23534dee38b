import { randomUUID } from 'node:crypto';
import { dataOf, type PlaceOrder, type Problem } from '@app/client';
import { type TestApi, testApi } from '../support/api';
import { someProducts } from '../support/factories';

const ORDER = { customer_name: 'John Doe', customer_email: 'john@example.com' };

describe('the orders API', () => {
  let api: TestApi;
  let products: number[];

  beforeAll(async () => {
    api = await testApi();
    products = await someProducts(api.app, [1_000_000, 1_000_000, 1_000_000, 5]);
  });
  afterAll(async () => {
    await api?.close();
  });

  const items = (...quantities: number[]) =>
    quantities.map((quantity, index) => ({ product_id: products[index]!, quantity }));
  const count = async () =>
    (await api.database.query<{ count: number }>('select count(*) from orders.orders'))[0]!.count;
  const place = (given: Partial<PlaceOrder> = {}) =>
    dataOf(api.client.POST('/api/v1/orders/', { body: { ...ORDER, items: items(1), ...given } }));

  it('places the printed example and gives it back with Location and ETag', async () => {
    const response = await api.post('/api/v1/orders/', {
      ...ORDER,
      priority: 'normal',
      items: [
        { product_id: 1, quantity: 2 },
        { product_id: 3, quantity: 1 },
      ],
    });
    expect(response.status).toBe(201);
    const placed = (await response.json()) as Record<string, unknown>;
    expect(response.headers.get('location')).toBe(`/api/v1/orders/${placed.order_id as string}/`);
    expect(response.headers.get('etag')).toBe('"1"');
    expect(placed).toMatchObject({
      status: 'pending',
      priority: 'normal',
      items_count: 2,
      version: 1,
      is_stale: false,
    });
    const read = (await (await api.request(response.headers.get('location')!)).json()) as Record<string, unknown>;
    const changing = { time_in_current_status: expect.anything(), time_in_current_status_minutes: expect.anything() };
    expect(read).toEqual({ ...placed, ...changing });
  });

  it('keeps name, SKU and price of the moment of placing', async () => {
    const { order_id } = await place({ items: items(3) });
    await api.database.query(
      `update products.products set price_minor = price_minor * 2, name = 'Renamed' where id = $1`,
      [products[0]],
    );
    const detail = (await (await api.request(`/api/v1/orders/${order_id}`)).json()) as {
      total_amount: string;
      items: { product_name: string; price: string; total_price: string; quantity: number }[];
    };
    expect(detail.items[0]!.product_name).not.toBe('Renamed');
    expect(Number(detail.items[0]!.price) * 3).toBeCloseTo(Number(detail.items[0]!.total_price), 10);
    expect(detail.total_amount).toBe(detail.items[0]!.total_price);
    await api.database.query(`update products.products set price_minor = price_minor / 2 where id = $1`, [products[0]]);
  });

  it.each<[string, object, string, string]>([
    ['no items', { items: [] }, 'items', 'At least one item is required.'],
    ['items missing', { items: undefined }, 'items', 'Is required.'],
    [
      'the same product twice',
      {
        items: [
          { product_id: 1, quantity: 1 },
          { product_id: 1, quantity: 2 },
        ],
      },
      'items',
      'Duplicate products are not allowed in the same order.',
    ],
    ['quantity 0', { items: [{ product_id: 1, quantity: 0 }] }, 'items[0].quantity', 'Quantity must be at least 1.'],
    [
      'quantity 1001',
      { items: [{ product_id: 1, quantity: 1001 }] },
      'items[0].quantity',
      'Quantity must be at most 1000.',
    ],
    ['quantity 1.5', { items: [{ product_id: 1, quantity: 1.5 }] }, 'items[0].quantity', 'Must be a whole number.'],
    ['quantity as text', { items: [{ product_id: 1, quantity: '1' }] }, 'items[0].quantity', 'Must be a number.'],
    [
      'quantity 2^53',
      { items: [{ product_id: 1, quantity: 2 ** 53 }] },
      'items[0].quantity',
      'Quantity must be at most 1000.',
    ],
    ['quantity null', { items: [{ product_id: 1, quantity: null }] }, 'items[0].quantity', 'Must be a number.'],
    [
      'an unknown product',
      { items: [{ product_id: 999_999, quantity: 1 }] },
      'items[0].product_id',
      'Product 999999 does not exist.',
    ],
    ['an empty name', { customer_name: '  ' }, 'customer_name', 'Must not be empty.'],
    [
      'a name of 201 characters',
      { customer_name: 'x'.repeat(201) },
      'customer_name',
      'Must have at most 200 characters.',
    ],
    ['a NUL character', { customer_name: 'a\u0000b' }, 'customer_name', 'Contains characters that cannot be stored.'],
    ['half a surrogate pair', { notes: 'a\ud800b' }, 'notes', 'Contains characters that cannot be stored.'],
    ['no e-mail address', { customer_email: 'john' }, 'customer_email', 'Must be an e-mail address.'],
    [
      'a field that does not exist',
      { priorty: 'high' },
      'priorty',
      'There is no such field. Remove it, or check its spelling.',
    ],
    ['an unknown priority', { priority: 'urgent' }, 'priority', 'Must be one of: low, normal, high.'],
    ['an order id that is no UUID', { order_id: '42' }, 'order_id', 'Must be a UUID.'],
  ])('answers 400 for %s, names the field and writes nothing', async (_, given, field, message) => {
    const before = await count();
    const response = await api.post('/api/v1/orders/', { ...ORDER, items: items(1), ...given });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json\b/);
    const problem = (await response.json()) as Problem;
    expect(problem.errors).toContainEqual(expect.objectContaining({ field, message }));
    expect(await count()).toBe(before);
  });

  it.each<[string, string, Record<string, string>, number, string]>([
    ['a truncated body', '{"customer_name":"a"', {}, 400, 'INVALID_BODY'],
    ['an empty body', '', {}, 400, 'INVALID_BODY'],
    ['an array', '[]', {}, 400, 'VALIDATION_FAILED'],
    ['10,000 levels', '['.repeat(10_000) + ']'.repeat(10_000), {}, 400, 'VALIDATION_FAILED'],
    ['a prototype', '{"__proto__":{"admin":true}}', {}, 400, 'INVALID_BODY'],
    ['text', 'hello', { 'content-type': 'text/plain' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a form', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['more than 1 MiB', JSON.stringify({ notes: 'x'.repeat(1_100_000) }), {}, 413, 'BODY_TOO_LARGE'],
  ])('answers a problem for %s', async (_, body, headers, status, code) => {
    const response = await api.post('/api/v1/orders/', body, headers);
    const problem = (await response.json()) as Problem;
    expect({ status: response.status, code: problem.code }).toEqual({ status, code });
    expect(problem.request_id).toBe(response.headers.get('x-request-id'));
  });

  it('answers 409 with one entry per short line', async () => {
    const response = await api.post('/api/v1/orders/', { ...ORDER, items: [{ product_id: products[3], quantity: 6 }] });
    expect(response.status).toBe(409);
    expect(((await response.json()) as Problem).errors).toEqual([
      {
        field: 'items[0].quantity',
        code: 'insufficient_stock',
        message: expect.stringMatching(/^Insufficient stock for Product \d+\. Available: 5, Requested: 6$/) as string,
      },
    ]);
  });

  it('repeats the very bytes for the same Idempotency-Key and body, and refuses another body with 422', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const body = { ...ORDER, items: items(1) };
    const first = await api.post('/api/v1/orders/', body, key);
    const second = await api.post('/api/v1/orders/', { items: body.items, ...ORDER, priority: 'normal' }, key);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(await second.text()).toBe(await first.text());
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    const third = await api.post('/api/v1/orders/', { ...body, items: items(2) }, key);
    expect(third.status).toBe(422);
  });

  it.each([['x'.repeat(256)], ['two words'], ['']])('answers 400 for the Idempotency-Key %j', async (key) => {
    const response = await api.post('/api/v1/orders/', { ...ORDER, items: items(1) }, { 'idempotency-key': key });
    expect(response.status).toBe(400);
    expect(((await response.json()) as Problem).errors![0]!.field).toBe('Idempotency-Key');
  });

  it('takes the order id of the client once', async () => {
    const order_id = randomUUID();
    expect(await place({ order_id })).toMatchObject({ order_id });
    const again = await api.post('/api/v1/orders/', { ...ORDER, items: items(1), order_id });
    expect(again.status).toBe(409);
    expect(((await again.json()) as Problem).errors![0]).toMatchObject({ field: 'order_id', code: 'duplicate' });
  });

  it('names the order that exists already when one is refused for its id, its reference or its key', async () => {
    const given = { ...ORDER, items: items(1), order_id: randomUUID(), external_reference: '__proto__' };
    const key = { 'idempotency-key': randomUUID() };
    expect((await api.post('/api/v1/orders/', given, key)).status).toBe(201);
    const { order_id, external_reference, ...plain } = given;
    const refused: [object, Record<string, string>, number, string][] = [
      [{ ...plain, order_id: order_id.toUpperCase() }, {}, 409, 'ORDER_DUPLICATE'],
      [{ ...plain, external_reference }, {}, 409, 'ORDER_DUPLICATE'],
      [plain, key, 422, 'IDEMPOTENCY_KEY_REUSED'],
    ];
    for (const [body, headers, status, code] of refused) {
      const response = await api.post('/api/v1/orders/', body, headers);
      expect([response.status, await response.json()]).toEqual([status, expect.objectContaining({ code, order_id })]);
    }
    const cancel = await api.post(`/api/v1/orders/${order_id}/cancel/`, {}, key);
    expect([cancel.status, await cancel.json()]).toEqual([422, expect.objectContaining({ order_id })]);
  });

  it('names the same order to all who place it at the same moment', async () => {
    const given = { ...ORDER, items: items(1), external_reference: randomUUID() };
    const answers = await Promise.all(
      Array.from({ length: 8 }, async () => (await api.post('/api/v1/orders/', given)).json() as Promise<object>),
    );
    const ids = new Set(answers.map((answer) => (answer as { order_id: string }).order_id));
    expect([answers.filter((answer) => 'code' in answer).length, ids.size]).toEqual([7, 1]);
  });

  it('cancels once, with and without a body, and says why not a second time', async () => {
    const { order_id } = await place();
    const cancel = () => api.post(`/api/v1/orders/${order_id}/cancel/`, { reason: 'changed my mind' });
    expect(await (await cancel()).json()).toEqual({
      success: true,
      message: 'Order cancelled. Its stock is available again.',
      new_status: 'cancelled',
    });
    const again = await cancel();
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({ detail: 'Cannot cancel order in cancelled status' });
    const other = await place();
    expect((await api.request(`/api/v1/orders/${other.order_id}/cancel`, { method: 'POST' })).status).toBe(200);
    expect((await api.request(`/api/v1/orders/${randomUUID()}/cancel`, { method: 'POST' })).status).toBe(404);
  });

  it.each(['not-a-uuid', '%00', '..%2f..', "1' or '1'='1"])('answers 400 or 404 for the order id %s', async (id) => {
    const response = await api.request(`/api/v1/orders/${encodeURIComponent(id)}`);
    expect([400, 404]).toContain(response.status);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json\b/);
  });

  describe('list', () => {
    const email = 'lister@example.com';
    let placed: string[];

    beforeAll(async () => {
      placed = [];
      for (let index = 0; index < 7; index++)
        placed.push((await place({ customer_email: email, priority: index === 3 ? 'high' : 'low' })).order_id);
    });

    const list = async (query: string) => {
      const response = await api.request(`/api/v1/orders/?${query}`);
      expect(response.status).toBe(200);
      return (await response.json()) as {
        count: number;
        count_is_capped: boolean;
        next: string | null;
        previous: string | null;
        results: { order_id: string; customer_email: string; priority: string }[];
      };
    };
    const follow = async (url: string) => list(new URL(url).search.slice(1));
    const ids = (page: { results: { order_id: string }[] }) => page.results.map(({ order_id }) => order_id);

    it('walks forwards and backwards over every order once', async () => {
      const first = await list(`customer_email=${email}&page_size=3`);
      expect(first).toMatchObject({ count: 7, count_is_capped: false, previous: null });
      const second = await follow(first.next!);
      const third = await follow(second.next!);
      expect(third.next).toBeNull();
      expect([first, second, third].flatMap(ids)).toEqual([...placed].reverse());
      const back = await follow(third.previous!);
      expect(ids(back)).toEqual(ids(second));
      const start = await follow(back.previous!);
      expect(ids(start)).toEqual(ids(first));
      expect(start.previous).toBeNull();
    });

    it('sorts, filters and combines filters', async () => {
      expect(ids(await list(`customer_email=LISTER@example.com&ordering=created_at`))).toEqual(placed);
      expect(ids(await list(`customer_email=${email}&priority=high`))).toEqual([placed[3]]);
      expect((await list(`customer_email=${email}&status=pending&status=delivered`)).count).toBe(7);
      expect((await list(`customer_email=${email}&status=delivered`)).count).toBe(0);
      expect((await list(`customer_email=${email}&stale_only=true`)).count).toBe(0);
      const today = new Date().toISOString().slice(0, 10);
      expect((await list(`customer_email=${email}&date_from=${today}&date_to=${today}`)).count).toBe(7);
      expect((await list(`customer_email=${email}&date_to=2020-01-01`)).count).toBe(0);
    });

    it('shows an order as stale once it is past its deadline, but not while it waits for its turn or has just had it', async () => {
      const { order_id } = await place({ customer_email: 'stale@example.com' });
      await api.database.query(`update orders.orders set status_since = now() - interval '6 minutes' where id = $1`, [
        order_id,
      ]);
      const stale = async () => ({
        only: (await list('customer_email=stale@example.com&stale_only=true')).results,
        listed: (await list('customer_email=stale@example.com')).results,
        detail: await api.json(`/api/v1/orders/${order_id}/`),
      });
      const published = (ago: string) =>
        api.database.query(
          `update messaging.outbox set published_at = now() - interval '${ago}' where aggregate_id = $1`,
          [order_id],
        );
      const notStale = { only: [], listed: [{ is_stale: false }], detail: { is_stale: false } };
      expect(await stale()).toMatchObject(notStale);
      await published('4 minutes');
      expect(await stale()).toMatchObject(notStale);
      await published('6 minutes');
      expect(await stale()).toMatchObject({
        only: [{ order_id, is_stale: true, time_in_current_status_minutes: 6 }],
        listed: [{ is_stale: true }],
        detail: { is_stale: true },
      });
    });

    it.each([
      ['page_size=0', 'page_size'],
      ['page_size=101', 'page_size'],
      ['page_size=-1', 'page_size'],
      ['ordering=total_minor;drop table orders.orders', 'ordering'],
      ['status=lost', 'status[0]'],
      ['status[]=pending', 'status[]'],
      ['nonsense=1', 'nonsense'],
      ['date_from=yesterday', 'date_from'],
      ['cursor=AAAA', 'cursor'],
    ])('answers 400 for ?%s and names %s', async (query, field) => {
      const response = await api.request(`/api/v1/orders/?${query}`);
      expect(response.status).toBe(400);
      expect(((await response.json()) as Problem).errors!.map((error) => error.field)).toContain(field);
    });

    it('refuses a cursor that was changed, or that belongs to another list', async () => {
      const { next } = await list(`customer_email=${email}&page_size=2`);
      const cursor = new URL(next!).searchParams.get('cursor')!;
      const changed = Buffer.from(cursor, 'base64url');
      changed[changed.length - 3]! ^= 1;
      expect((await api.request(`/api/v1/orders/?cursor=${changed.toString('base64url')}`)).status).toBe(400);
      expect((await api.request(`/api/v1/orders/?ordering=created_at&cursor=${cursor}`)).status).toBe(400);
      expect((await api.request(`/api/v1/products/?cursor=${cursor}`)).status).toBe(400);
    });
  });
});
