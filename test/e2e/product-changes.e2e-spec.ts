import { type TestApi, testApi } from '../support/api';

interface Product {
  id: number;
  price: string;
  version: number;
  is_active: boolean;
}
interface Change {
  version: number;
  changed_by: string;
  change_type: string;
  change_reason: string | null;
  request_id: string;
  price: string;
  changes: { field: string; from: unknown; to: unknown }[];
}
interface Page<Item> {
  count: number;
  next: string | null;
  previous: string | null;
  results: Item[];
}

describe('changing products over the API', () => {
  let api: TestApi;
  let sequence = 0;

  beforeAll(async () => {
    api = await testApi();
  });
  afterAll(async () => {
    await api?.close();
  });

  const added = async (given: object = {}) => {
    const body = { name: 'Laptop', sku: `SKU-${++sequence}`, price: '999.90', initial_stock: 100, ...given };
    const response = await api.post('/api/v1/products/', body);
    expect(response.status).toBe(201);
    return (await response.json()) as Product;
  };
  const patch = (id: number, body: unknown, headers?: Record<string, string>) =>
    api.patch(`/api/v1/products/${id}/`, body, headers);
  const remove = (id: number, headers: Record<string, string> = {}) =>
    api.request(`/api/v1/products/${id}/`, { method: 'DELETE', headers });
  const history = (id: number, query = '') => api.json<Page<Change>>(`/api/v1/products/${id}/history/${query}`);
  const counts = async () =>
    (
      await api.database.query(
        `select (select count(*) from audit.product_versions) as versions, (select sum(version) from inventory.stock_levels) as levels`,
      )
    )[0];

  it('changes what it is told to, gives the new version and its ETag, and the stock follows', async () => {
    const { id, version } = await added();
    const body = {
      name: 'Notebook',
      sku: `NEW-${id}`,
      price: 899.5,
      description: 'Thin',
      minimum_threshold: 3,
      maximum_capacity: 120,
    };
    const response = await patch(id, body);
    expect(response.status).toBe(200);
    expect(response.headers.get('etag')).toBe(`"${version + 1}"`);
    const changed = await response.json();
    expect(changed).toMatchObject({
      name: 'Notebook',
      sku: `NEW-${id}`,
      price: '899.50',
      version: version + 1,
      stock: 100,
    });
    expect(await api.json(`/api/v1/products/${id}/`)).toEqual(changed);
    expect(await api.json(`/api/v1/inventory/${id}/`)).toMatchObject({
      product_name: 'Notebook',
      product_sku: `NEW-${id}`,
      minimum_threshold: 3,
      maximum_capacity: 120,
      quantity: 100,
    });
  });

  it('gives a new product room for all its stock, when nobody says how much fits', async () => {
    for (const [stock, capacity] of [
      [1001, 1001],
      [5, 1000],
    ] as const) {
      const { id } = await added({ initial_stock: stock });
      expect(await api.json(`/api/v1/inventory/${id}/`)).toMatchObject({ quantity: stock, maximum_capacity: capacity });
    }
    const body = { name: 'Laptop', sku: 'TOO-MUCH', price: '1.00', initial_stock: 1001, maximum_capacity: 1000 };
    expect((await api.post('/api/v1/products/', body)).status).toBe(400);
  });

  it.each([
    ['the price', { price: '1.00' }, { price: '2.00' }],
    ['the threshold only', { minimum_threshold: 1 }, { minimum_threshold: 2 }],
  ])('lets one of two clients with the same ETag change %s: one 200, one 412', async (_, one, other) => {
    const { id } = await added();
    const etag = (await api.request(`/api/v1/products/${id}/`)).headers.get('etag')!;
    const answers = await Promise.all([one, other].map((body) => patch(id, body, { 'if-match': etag })));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 412]);
    const refused = answers.find(({ status }) => status === 412)!;
    expect(await refused.json()).toMatchObject({ code: 'VERSION_MISMATCH', status: 412 });
    expect((await history(id)).count).toBe(2);
  });

  it('bears twenty clients at once on one product: twenty versions, no error', async () => {
    const { id } = await added();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (__, index) =>
        patch(id, index % 2 ? { price: `${index + 1}.00` } : { minimum_threshold: 100 + index, name: `Name ${index}` }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await api.json(`/api/v1/products/${id}/`)).toMatchObject({ version: 21 });
  });

  it.each([
    ['W/"1"', 412],
    ['"2"', 412],
    ['"7", "1"', 200],
    ['*', 200],
    ['1', 400],
    ['"1', 400],
  ])('answers If-Match: %s with %i', async (header, status) => {
    const { id } = await added();
    expect((await patch(id, { name: 'Other' }, { 'if-match': header })).status).toBe(status);
  });

  it('makes no new version of a change to what it is already', async () => {
    const { id, version } = await added();
    const response = await patch(id, { price: '999.90', maximum_capacity: 1000, is_active: true });
    expect([response.status, response.headers.get('etag')]).toEqual([200, `"${version}"`]);
    expect(await history(id)).toMatchObject({ count: 1 });
  });

  it.each<[object, number, string]>([
    [{}, 400, ''],
    [{ price: '0' }, 400, 'price'],
    [{ price: null }, 400, 'price'],
    [{ name: '' }, 400, 'name'],
    [{ name: 'a\u0000b' }, 400, 'name'],
    [{ initial_stock: 5 }, 400, 'initial_stock'],
    [{ minimum_threshold: -1 }, 400, 'minimum_threshold'],
    [{ maximum_capacity: 99 }, 409, 'maximum_capacity'],
    [{ sku: 'TAKEN', name: 'Renamed' }, 409, 'sku'],
  ])('refuses %j with %i, names %s and writes nothing', async (body, status, field) => {
    const { id } = await added();
    if (status === 409) await added({ sku: 'TAKEN' }).catch(() => undefined);
    const before = await counts();
    const response = await patch(id, body);
    expect(response.status).toBe(status);
    const { errors } = (await response.json()) as { errors: { field: string }[] };
    expect(errors.map((error) => error.field)).toContain(field);
    expect(await counts()).toEqual(before);
  });

  it('takes a product off sale, as often as it is told to, and keeps it and its orders', async () => {
    const { id } = await added();
    const order = () =>
      api.post('/api/v1/orders/', {
        customer_name: 'A',
        customer_email: 'a@example.com',
        items: [{ product_id: id, quantity: 1 }],
      });
    const placed = (await (await order()).json()) as { order_id: string };
    expect((await remove(id, { 'if-match': '"9"' })).status).toBe(412);
    const removed = await remove(id, { 'if-match': '"1"' });
    expect([removed.status, await removed.text()]).toEqual([204, '']);
    expect((await remove(id)).status).toBe(204);
    expect(await api.json(`/api/v1/products/${id}/`)).toMatchObject({ is_active: false, version: 2 });
    const refused = await order();
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ errors: [{ code: 'inactive_product' }] });
    expect((await api.request(`/api/v1/orders/${placed.order_id}/`)).status).toBe(200);
    expect((await patch(id, { is_active: true })).status).toBe(200);
    expect((await order()).status).toBe(201);
  });

  it('tells what changed, field by field in its own words, who changed it and why', async () => {
    const { id } = await added();
    await patch(id, { price: '899.50', name: 'Notebook' }, { 'x-request-id': 'reprice-1' });
    await patch(id, { minimum_threshold: 5 });
    await api.database.query(`update products.products set is_active = false where id = $1`, [id]);
    const { count, results } = await history(id);
    expect(count).toBe(4);
    expect(results).toMatchObject([
      { version: 4, changed_by: 'sql:postgres', changes: [{ field: 'is_active', from: true, to: false }] },
      {
        version: 3,
        changed_by: 'api',
        changes: [{ field: 'minimum_threshold', from: 10, to: 5 }],
        change_reason: 'minimum threshold 10 → 5',
      },
      { version: 2, changed_by: 'api', request_id: 'reprice-1', price: '899.50', name: 'Notebook' },
      { version: 1, change_type: 'created', price: '999.90', changes: [] },
    ]);
    expect(results[1]!.change_type).toBe('updated');
    expect(results[2]!.changes).toEqual(
      expect.arrayContaining([
        { field: 'price', from: '999.90', to: '899.50' },
        { field: 'name', from: 'Laptop', to: 'Notebook' },
      ]),
    );
  });

  it('tells what threshold and capacity were before and after, who changed them and for which request', async () => {
    const { id } = await added();
    await patch(id, { minimum_threshold: 7, maximum_capacity: 2000, price: '5.00' }, { 'x-request-id': 'limits-1' });
    await patch(id, { minimum_threshold: 7, maximum_capacity: 1500 }, { 'x-request-id': 'limits-2' });
    await patch(id, { minimum_threshold: 7, maximum_capacity: 1500 });
    expect((await patch(id, { minimum_threshold: 1, maximum_capacity: 99 })).status).toBe(409);
    const { results } = await history(id, '?page_size=2');
    expect(results).toMatchObject([
      {
        version: 3,
        changed_by: 'api',
        request_id: 'limits-2',
        changes: [{ field: 'maximum_capacity', from: 2000, to: 1500 }],
      },
      {
        version: 2,
        changed_by: 'api',
        request_id: 'limits-1',
        changes: [
          { field: 'price', from: '999.90', to: '5.00' },
          { field: 'minimum_threshold', from: 10, to: 7 },
          { field: 'maximum_capacity', from: 1000, to: 2000 },
        ],
      },
    ]);
    expect((await api.json(`/api/v1/inventory/${id}/`)) as object).toMatchObject({
      minimum_threshold: 7,
      maximum_capacity: 1500,
    });
  });

  it('pages through the history forwards and backwards', async () => {
    const { id } = await added();
    for (let index = 1; index <= 6; index++) await patch(id, { price: `${index}.00` });
    const versions = (page: Page<Change>) => page.results.map(({ version }) => version);
    const follow = async (url: string | null) => (await (await fetch(url!)).json()) as Page<Change>;
    const first = await history(id, '?page_size=3');
    const second = await follow(first.next);
    const third = await follow(second.next);
    expect([first, second, third].map(versions)).toEqual([[7, 6, 5], [4, 3, 2], [1]]);
    expect([first.previous, third.next]).toEqual([null, null]);
    expect(second.results.every(({ changes }) => changes.length === 1)).toBe(true);
    const back = await follow(third.previous);
    expect(back.results).toEqual(second.results);
    const start = await follow(back.previous);
    expect([versions(start), start.previous]).toEqual([[7, 6, 5], null]);
  });

  it('shows the stock movements like the inventory does', async () => {
    const { id } = await added();
    await api.post(`/api/v1/inventory/${id}/adjust/`, { adjustment_type: 'remove', quantity: 4 });
    const movements = await api.json<Page<object>>(`/api/v1/products/${id}/stock_history/?page_size=1`);
    expect(movements).toMatchObject({ count: 2, results: [{ transaction_type: 'ADJUST', quantity: 4 }] });
    const older = (await (await fetch(movements.next!)).json()) as Page<object>;
    expect(older.results).toMatchObject([{ transaction_type: 'RECEIVE', quantity: 100 }]);
  });

  it('lists products at or below their threshold with their stock, page by page', async () => {
    await api.database.query(`update inventory.stock_levels set minimum_threshold = 0 where on_hand > reserved`);
    const few = await added({ initial_stock: 10 });
    await added({ initial_stock: 11 });
    const none = await added({ initial_stock: 0 });
    const first = await api.json<Page<{ id: number }>>('/api/v1/products/low_stock/?page_size=1');
    expect(first).toMatchObject({
      count: 2,
      previous: null,
      results: [{ id: few.id, stock: 10, available_stock: 10, name: 'Laptop' }],
    });
    const second = (await (await fetch(first.next!)).json()) as Page<{ id: number }>;
    expect(second).toMatchObject({ next: null, results: [{ id: none.id, available_stock: 0 }] });
    const back = (await (await fetch(second.previous!)).json()) as Page<{ id: number }>;
    expect(back.results).toEqual(first.results);
  });

  it.each([
    ['PATCH', '/api/v1/products/999999/'],
    ['DELETE', '/api/v1/products/999999/'],
    ['GET', '/api/v1/products/999999/history/'],
    ['GET', '/api/v1/products/999999/stock_history/'],
  ])('answers 404 for %s %s', async (method, path) => {
    const body =
      method === 'PATCH' ? { headers: { 'content-type': 'application/json' }, body: '{"name":"A"}' } : undefined;
    const response = await api.request(path, { method, ...body });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json\b/);
  });
});
