import { randomUUID } from 'node:crypto';
import { PlaceAcceptedBatch } from '@app/orders';
import { DataSource } from 'typeorm';
import { type TestApi, testApi } from '../support/api';
import { someProducts } from '../support/factories';
import { requireInvariants } from '../support/invariants';
import { recordStatements, type Statement } from '../support/statements';
import { wholeTables } from '../support/whole-tables';

const BULK = '/api/v1/orders/bulk_create/';
/** The body of the printed example. */
const PRINTED =
  '{"orders":[{"customer_name":"Customer 1","customer_email":"customer1@example.com","items":[{"product_id":1,"quantity":1}]},{"customer_name":"Customer 2","customer_email":"customer2@example.com","items":[{"product_id":2,"quantity":2}]}]}';

interface Created {
  batch_id: string;
  order_ids: string[];
  results: { index: number; order_id?: string; error?: { code: string } }[];
}
interface Batch extends Record<string, unknown> {
  batch_id: string;
  status: string;
  results: { count: number; next: string | null; previous: string | null; results: { index: number }[] };
}
interface Problem {
  status: number;
  code: string;
  detail: string;
  batch_id?: string;
  errors?: { field: string; code: string; message: string }[];
}

describe('bulk requests', () => {
  let api: TestApi;
  let scarce: number;
  let statements: Statement[];

  beforeAll(async () => {
    api = await testApi();
    await someProducts(api.app, [1_000_000, 1_000_000]);
    [scarce] = (await someProducts(api.app, [3], { name: 'Laptop' })) as [number];
    statements = recordStatements(api.app.get(DataSource));
  });
  afterAll(async () => {
    await requireInvariants(api.app.get(DataSource));
    await api?.close();
  });

  const order = (product = 1, quantity = 1, given: object = {}) => ({
    customer_name: 'Ada Buyer',
    customer_email: 'ada@example.com',
    items: [{ product_id: product, quantity }],
    ...given,
  });
  const orders = (count: number) => Array.from({ length: count }, () => order());
  const json = async <Body>(response: Response | Promise<Response>) => (await (await response).json()) as Body;
  const readBatch = (id: string, query = '') => json<Batch>(api.request(`/api/v1/orders/batches/${id}/${query}`));

  it('answers the printed example with the batch and its orders, which carry its id', async () => {
    const response = await api.post(BULK, PRINTED);
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const created = await json<Created>(response);
    const [first, second] = created.order_ids;
    expect(created).toEqual({
      batch_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      order_ids: [first, second],
      total_orders: 2,
      successful_orders: 2,
      failed_orders: 0,
      status: 'success',
      results: [
        { index: 0, order_id: first },
        { index: 1, order_id: second },
      ],
    });
    expect(response.headers.get('location')).toBe(`/api/v1/orders/batches/${created.batch_id}/`);
    expect(await json(api.request(`/api/v1/orders/${second}/`))).toMatchObject({
      customer_name: 'Customer 2',
      status: 'pending',
    });
    expect(await readBatch(created.batch_id)).toEqual({
      batch_id: created.batch_id,
      status: 'success',
      error_policy: 'reject_all',
      total_orders: 2,
      processed_orders: 2,
      successful_orders: 2,
      failed_orders: 0,
      progress_percent: 100,
      failure_reason: null,
      created_at: expect.any(String) as string,
      completed_at: expect.any(String) as string,
      results: { count: 2, count_is_capped: false, next: null, previous: null, results: created.results },
    });
  });

  it('reject_failed places what can be placed and says why the rest was not', async () => {
    const body = { orders: [order(scarce, 4), order(), order(999_999)], error_policy: 'reject_failed' };
    const response = await api.post(BULK, body);
    expect(response.status).toBe(201);
    const created = await json<Created>(response);
    expect(created).toMatchObject({
      order_ids: [created.results[1]!.order_id],
      total_orders: 3,
      successful_orders: 1,
      failed_orders: 2,
      status: 'partial',
    });
    expect(created.results[0]).toEqual({
      index: 0,
      error: {
        code: 'INVENTORY_INSUFFICIENT_STOCK',
        message: 'Insufficient stock for one or more items. Nothing was reserved.',
        errors: [
          {
            field: 'orders[0].items[0].quantity',
            code: 'insufficient_stock',
            message: 'Insufficient stock for Laptop. Available: 3, Requested: 4',
          },
        ],
      },
    });
    expect(created.results[2]).toMatchObject({ index: 2, error: { code: 'ORDER_UNKNOWN_PRODUCT' } });
  });

  it.each<[string, () => object[], number, string, string, string]>([
    [
      'stock is short, also because of an order before',
      () => [order(scarce, 2), order(scarce, 2)],
      409,
      'ORDER_BATCH_CONFLICT',
      'orders[1].items[0].quantity',
      'Insufficient stock for Laptop. Available: 1, Requested: 2',
    ],
    [
      'a reference comes twice',
      () => [order(1, 1, { external_reference: 'same' }), order(1, 1, { external_reference: 'same' })],
      409,
      'ORDER_BATCH_CONFLICT',
      'orders[1].external_reference',
      'An order with this external_reference exists already.',
    ],
    [
      'a product is unknown, whatever else is wrong',
      () => [order(scarce, 4), order(999_999)],
      400,
      'ORDER_BATCH_INVALID',
      'orders[1].items[0].product_id',
      'Product 999999 does not exist.',
    ],
  ])(
    'reject_all answers a problem when %s, and keeps the record only',
    async (_, given, status, code, field, message) => {
      const record = ['orders.order_batches', 'orders.order_batch_results'];
      const before = await wholeTables(api.database, record);
      const response = await api.post(BULK, { orders: given() });
      const problem = await json<Problem>(response);
      expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json\b/);
      expect([response.status, problem.status, problem.code]).toEqual([status, status, code]);
      expect(problem.errors).toContainEqual({ field, code: expect.any(String) as string, message });
      expect(await wholeTables(api.database, record)).toEqual(before);
      expect(await readBatch(problem.batch_id!)).toMatchObject({
        status: 'failed',
        successful_orders: 0,
        failed_orders: 2,
        progress_percent: 100,
        failure_reason: expect.stringMatching(/cannot be placed/) as string,
      });
    },
  );

  it('answers a dry run with 200 and writes nothing', async () => {
    const before = await wholeTables(api.database);
    const response = await api.post(BULK, { orders: [order(scarce, 3), order()], dry_run: true });
    expect(response.status).toBe(200);
    expect(response.headers.get('location')).toBeNull();
    expect(await json(response)).toMatchObject({ batch_id: null, successful_orders: 2, status: 'success' });
    const refused = await api.post(BULK, { orders: [order(scarce, 4)], dry_run: true }, { prefer: 'respond-async' });
    expect(refused.status).toBe(409);
    expect((await json<Problem>(refused)).batch_id).toBeUndefined();
    const tooLong = await api.post(BULK, { orders: orders(1001), dry_run: true });
    expect(await json(tooLong)).toMatchObject({ status: 400, errors: [{ field: 'dry_run', code: 'too_big' }] });
    expect(await wholeTables(api.database)).toEqual(before);
  });

  describe('reject_failed with orders that are wrong by themselves', () => {
    const taken = randomUUID();
    const wrong: [given: object | string, field: string, code: string][] = [
      [
        order(1, 1, {
          items: [
            { product_id: 1, quantity: 1 },
            { product_id: 1, quantity: 2 },
          ],
        }),
        'items',
        'invalid_value',
      ],
      [order(1, 1, { customer_email: 'a..b@x.com' }), 'customer_email', 'invalid_value'],
      [
        order(1, 1, { items: Array.from({ length: 101 }, (_, id) => ({ product_id: id + 1, quantity: 1 })) }),
        'items',
        'too_big',
      ],
      [order(1, 1, { customer_name: 42 }), 'customer_name', 'invalid_type'],
      [order(1, 0), 'items[0].quantity', 'too_small'],
      [order(1, 1, { priorty: 'high' }), 'priorty', 'unknown_field'],
      [{}, 'customer_name', 'invalid_type'],
      ['no order', '', 'invalid_type'],
      ['{"customer_name":"a","customer_name":"b"}', '', 'duplicate_field'],
      ['{"constructor":1}', 'constructor', 'unknown_field'],
      [order(1, 1, { external_reference: taken }), 'external_reference', 'duplicate'],
      [order(999_999), 'items[0].product_id', 'unknown_product'],
    ];
    const bodyOf = (given: (object | string)[], more: object = {}) => {
      const texts = given.map((each) =>
        typeof each === 'string' && each.startsWith('{') ? each : JSON.stringify(each),
      );
      return `{"orders":[${texts.join(',')}],${JSON.stringify({ error_policy: 'reject_failed', ...more }).slice(1)}`;
    };
    /** A good order, the wrong ones, a good one. */
    const mixed = [order(), ...wrong.map(([given]) => given), order(2)];
    const requireResults = (results: object[]) => {
      expect(results).toHaveLength(mixed.length);
      expect([results[0], results.at(-1)]).toEqual(
        [0, mixed.length - 1].map((index) => ({ index, order_id: expect.any(String) as string })),
      );
      for (const [place, [, field, code]] of wrong.entries()) {
        const index = place + 1;
        const path = field ? `orders[${index}].${field}` : `orders[${index}]`;
        expect(results[index]).toMatchObject({
          index,
          error: { errors: expect.arrayContaining([expect.objectContaining({ field: path, code })]) as object[] },
        });
      }
    };
    let other: string;

    beforeAll(async () => {
      const response = await api.post('/api/v1/orders/', order(1, 1, { external_reference: taken }));
      other = (await json<{ order_id: string }>(response)).order_id;
    });

    it('makes each the failed result of its row, and places the others', async () => {
      const response = await api.post(BULK, bodyOf(mixed));
      expect(response.status).toBe(201);
      const created = await json<Created>(response);
      expect(created).toMatchObject({ total_orders: 14, successful_orders: 2, failed_orders: 12, status: 'partial' });
      requireResults(created.results);
      expect(created.results[11]).toMatchObject({ error: { code: 'ORDER_DUPLICATE', order_id: other } });
      expect((await readBatch(created.batch_id, '?page_size=100')).results.results).toEqual(created.results);
    });

    it('says the same in a dry run, and writes nothing', async () => {
      const before = await wholeTables(api.database);
      const response = await api.post(BULK, bodyOf(mixed, { dry_run: true }));
      expect(response.status).toBe(200);
      requireResults((await json<Created>(response)).results);
      expect(await wholeTables(api.database)).toEqual(before);
    });

    it('says the same when a worker places the others later', async () => {
      const response = await api.post(BULK, bodyOf(mixed), { prefer: 'respond-async' });
      expect(response.status).toBe(202);
      const { batch_id } = await json<Batch>(response);
      await api.app.get(PlaceAcceptedBatch, { strict: false }).execute(batch_id);
      const batch = await readBatch(batch_id, '?page_size=100');
      expect(batch).toMatchObject({ status: 'partial', successful_orders: 2, failed_orders: 12 });
      requireResults(batch.results.results);
      expect(batch.results.results[11]).toMatchObject({ error: { order_id: other } });
    });

    it('repeats the very bytes for the same Idempotency-Key', async () => {
      const key = { 'idempotency-key': randomUUID() };
      const [first, second] = [await api.post(BULK, bodyOf(mixed), key), await api.post(BULK, bodyOf(mixed), key)];
      expect(second.headers.get('idempotency-replayed')).toBe('true');
      expect(await second.text()).toBe(await first.text());
      const changed = bodyOf([...mixed.slice(0, -2), order(999_998), order(2)]);
      expect((await api.post(BULK, changed, key)).status).toBe(422);
    });

    it('is rejected, with the fields and a batch that keeps the results, when no order is left', async () => {
      const response = await api.post(BULK, bodyOf(wrong.slice(0, 2).map(([given]) => given)));
      const problem = await json<Problem>(response);
      expect([response.status, problem.code]).toEqual([400, 'ORDER_BATCH_INVALID']);
      expect(problem.errors!.map(({ field }) => field)).toEqual(['orders[0].items', 'orders[1].customer_email']);
      expect(await readBatch(problem.batch_id!)).toMatchObject({ status: 'failed', failed_orders: 2 });
    });

    it.each<[string, string]>([
      ['an unknown field', bodyOf([order()], { colour: 'red' })],
      ['no orders', bodyOf([])],
      ['orders that are no list', '{"orders":{},"error_policy":"reject_failed"}'],
      ['a text that is no JSON', '{"orders":[{}],"error_policy":"reject_failed"'],
      ['an order that is no JSON', '{"orders":[{a}],"error_policy":"reject_failed"}'],
      ['a field that comes twice', '{"orders":[{}],"error_policy":"reject_failed","dry_run":true,"dry_run":false}'],
    ])('is refused whole with %s around them', async (_, body) => {
      const before = await wholeTables(api.database);
      expect((await api.post(BULK, body)).status).toBe(400);
      expect(await wholeTables(api.database)).toEqual(before);
    });
  });

  it('refuses a malformed body as a whole under reject_all', async () => {
    const before = await wholeTables(api.database);
    const broken = [order(), order(1, 0), order(1, 1, { priorty: 'high' }), ...Array<object>(150).fill({})];
    const response = await api.post(BULK, { orders: broken });
    const problem = await json<Problem>(response);
    expect([response.status, problem.code]).toEqual([400, 'VALIDATION_FAILED']);
    expect(problem.errors!.slice(0, 2)).toEqual([
      { field: 'orders[1].items[0].quantity', code: 'too_small', message: 'Quantity must be at least 1.' },
      {
        field: 'orders[2].priorty',
        code: 'unknown_field',
        message: 'There is no such field. Remove it, or check its spelling.',
      },
    ]);
    expect(problem.errors).toHaveLength(100);
    expect(problem.detail).toBe('The request is not valid. Its first 100 problems are listed.');
    expect(problem.batch_id).toBeUndefined();
    expect(await wholeTables(api.database)).toEqual(before);
  });

  it('takes bodies of up to 16 MiB, and no other route does', async () => {
    const padded = (bytes: number) => JSON.stringify({ orders: [order()], error_policy: ' '.repeat(bytes) });
    expect(await json(api.post(BULK, padded(2 * 1024 * 1024)))).toMatchObject({ code: 'VALIDATION_FAILED' });
    const tooLarge = await api.post(BULK, padded(16 * 1024 * 1024));
    expect(tooLarge.status).toBe(413);
    expect(await json(tooLarge)).toMatchObject({ code: 'BODY_TOO_LARGE' });
    expect((await api.post('/api/v1/orders/', padded(2 * 1024 * 1024))).status).toBe(413);
  });

  it.each<[string, number, Record<string, string>]>([
    ['at once', 201, {}],
    ['asynchronously', 202, { prefer: 'respond-async' }],
  ])('repeats the very bytes for the same Idempotency-Key, answered %s', async (_, status, headers) => {
    const key = { ...headers, 'idempotency-key': randomUUID() };
    const [body, same] = [
      { orders: [order(), order(2)] },
      { error_policy: 'reject_all', orders: [order(), order(2, 1, { priority: 'normal' })] },
    ];
    const first = await api.post(BULK, body, key);
    const before = await wholeTables(api.database);
    const second = await api.post(BULK, same, key);
    expect([first.status, second.status]).toEqual([status, status]);
    expect(await second.text()).toBe(await first.text());
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect([first, second].map((each) => each.headers.get('idempotency-replayed'))).toEqual([null, 'true']);
    for (const other of [{ orders: [order(), order(2, 2)] }, { ...body, dry_run: true }, { orders: [order()] }])
      expect((await api.post(BULK, other, key)).status).toBe(422);
    expect((await api.post('/api/v1/orders/', order(), key)).status).toBe(422);
    expect(await wholeTables(api.database)).toEqual(before);
  });

  it.each<[string, number, Record<string, string>]>([
    ['that prefers it', 2, { prefer: 'respond-async, wait=1' }],
    ['of more than 1,000 orders', 1001, {}],
  ])('answers a request %s with 202 and the batch to follow', async (_, count, headers) => {
    const body = { orders: [order(scarce, 4), ...orders(count - 1)], error_policy: 'reject_failed' };
    const response = await api.post(BULK, body, headers);
    expect(response.status).toBe(202);
    const batch = await json<Batch>(response);
    expect(response.headers.get('location')).toBe(`/api/v1/orders/batches/${batch.batch_id}/`);
    expect(response.headers.get('preference-applied')).toBe(headers.prefer ? 'respond-async' : null);
    expect(batch).toEqual({
      batch_id: batch.batch_id,
      status: 'pending',
      error_policy: 'reject_failed',
      total_orders: count,
      processed_orders: 0,
      successful_orders: 0,
      failed_orders: 0,
      progress_percent: 0,
      failure_reason: null,
      created_at: expect.any(String) as string,
      completed_at: null,
      results: { count: 0, count_is_capped: false, next: null, previous: null, results: [] },
    });
    expect(await readBatch(batch.batch_id)).toEqual(batch);
    await api.app.get(PlaceAcceptedBatch, { strict: false }).execute(batch.batch_id);
    expect(await readBatch(batch.batch_id)).toMatchObject({
      status: 'partial',
      processed_orders: count,
      failed_orders: 1,
      progress_percent: 100,
    });
  });

  it('pages through the results in request order, each page with two statements', async () => {
    const { batch_id } = await json<Created>(api.post(BULK, { orders: orders(250) }));
    statements.length = 0;
    let page = await readBatch(batch_id, '?page_size=100');
    expect(statements).toHaveLength(2);
    const seen: number[] = [];
    const indexes = () => page.results.results.map(({ index }) => index);
    for (;;) {
      seen.push(...indexes());
      if (page.results.next === null) break;
      statements.length = 0;
      page = await json<Batch>(fetch(page.results.next));
      expect(statements).toHaveLength(2);
    }
    expect(seen).toEqual(Array.from({ length: 250 }, (_, index) => index));
    page = await json<Batch>(fetch(page.results.previous!));
    expect(indexes()).toEqual(Array.from({ length: 100 }, (_, index) => 100 + index));
    const { batch_id: other } = await json<Created>(api.post(BULK, { orders: orders(1) }));
    const cursor = new URL(page.results.next!).searchParams.get('cursor')!;
    expect((await api.request(`/api/v1/orders/batches/${other}/?cursor=${cursor}`)).status).toBe(400);
  });

  it('answers 404 for a batch that is not there and 400 for what is no id', async () => {
    const missing = await api.request(`/api/v1/orders/batches/${randomUUID()}/`);
    expect([missing.status, (await json<Problem>(missing)).code]).toEqual([404, 'ORDER_BATCH_NOT_FOUND']);
    expect((await api.request('/api/v1/orders/batches/42/')).status).toBe(400);
  });
});
