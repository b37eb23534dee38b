import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { type TestApi, testApi } from '../support/api';
import { someProducts } from '../support/factories';
import { recordStatements, type Statement } from '../support/statements';

/** However many rows a page has and however many lines an order has: the same statements. */
describe('SQL statements per request', () => {
  let api: TestApi;
  let statements: Statement[];
  let products: number[];
  let small: string;
  let large: string;

  const place = (...items: number[]) => placeWith({}, ...items);
  const placeWith = async (headers: Record<string, string>, ...items: number[]) => {
    const body = {
      customer_name: 'A',
      customer_email: 'a@example.com',
      items: items.map((product_id) => ({ product_id, quantity: 1 })),
    };
    const response = await api.post('/api/v1/orders/', body, headers);
    expect(response.status).toBe(201);
    return ((await response.json()) as { order_id: string }).order_id;
  };
  const count = async (path: string) => {
    statements.length = 0;
    const response = await api.request(path);
    expect([path, response.status]).toEqual([path, 200]);
    return statements.length;
  };

  beforeAll(async () => {
    api = await testApi();
    products = await someProducts(
      api.app,
      Array.from({ length: 30 }, (_, index) => (index % 3 ? 1000 : 5)),
    );
    small = await place(products[1]!);
    large = await place(...products.slice(0, 20));
    for (let index = 0; index < 20; index++)
      await api.patch(`/api/v1/orders/${large}/`, { notes: `note ${index}`, tracking_number: `${index}` });
    for (let index = 0; index < 20; index++) await place(products[2]!, products[4]!);
    statements = recordStatements(api.app.get(DataSource));
  });
  afterAll(async () => {
    await api?.close();
  });

  it.each<[string, number]>([
    ['/api/v1/orders/', 2],
    ['/api/v1/orders/?search=a&status=pending', 6],
    ['/api/orders/', 3],
    ['/api/v1/products/', 3],
    ['/api/v1/products/low_stock/', 3],
    ['/api/v1/inventory/', 2],
  ])('of %s are %i for one row and for twenty', async (path, expected) => {
    const separator = path.includes('?') ? '&' : '?';
    const [one, many] = [await count(`${path}${separator}page_size=1`), await count(`${path}${separator}page_size=20`)];
    expect([one, many]).toEqual([expected, expected]);
  });

  it.each<[string, (id: string) => string, number]>([
    ['detail', (id) => `/api/v1/orders/${id}/`, 3],
    ['as_of', (id) => `/api/v1/orders/${id}/?as_of=2999-01-01`, 2],
    ['status', (id) => `/api/v1/orders/${id}/status/`, 1],
    ['history', (id) => `/api/v1/orders/${id}/history/`, 3],
    ['simple status', (id) => `/api/orders/${id}/status/`, 1],
  ])('of %s are the same for one line and version and for twenty', async (_, path, expected) => {
    expect([await count(path(small)), await count(path(large))]).toEqual([expected, expected]);
  });

  it.each<[string, number]>([
    ['/api/v1/orders/statistics/', 1],
    ['/api/metrics/', 1],
    ['/api/v1/inventory/summary/', 1],
  ])('of %s are %i', async (path, expected) => {
    expect(await count(path)).toBe(expected);
  });

  it.each([
    ['', 2, () => ({})],
    [' under a key', 6, () => ({ 'idempotency-key': randomUUID() })],
  ])('of placing%s are the same for one line and for six', async (_, expected, headers) => {
    statements.length = 0;
    await placeWith(headers(), products[1]!);
    const one = statements.length;
    statements.length = 0;
    await placeWith(headers(), ...products.slice(1, 3), ...products.slice(4, 6), ...products.slice(7, 9));
    expect([one, statements.length]).toEqual([expected, expected]);
  });
});
