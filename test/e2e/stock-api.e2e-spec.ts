import { type AddProduct, dataOf, type Product } from '@app/client';
import { type TestApi, testApi } from '../support/api';

describe('the products and inventory API', () => {
  let api: TestApi;
  let sequence = 0;

  beforeAll(async () => {
    api = await testApi();
  });
  afterAll(async () => {
    await api?.close();
  });

  const add = (given: object = {}) =>
    api.post('/api/v1/products/', {
      name: 'Laptop',
      sku: `SKU-${++sequence}`,
      price: '999.90',
      initial_stock: 12,
      ...given,
    });
  const added = (given: Partial<AddProduct> = {}): Promise<Product> => {
    const body = { name: 'Laptop', sku: `SKU-${++sequence}`, price: '999.90', initial_stock: 12, ...given };
    return dataOf(api.client.POST('/api/v1/products/', { body }));
  };
  const json = async <T>(path: string) => (await (await api.request(path)).json()) as T;
  const adjust = (id: number, adjustment_type: string, quantity: number) =>
    api.post(`/api/v1/inventory/${id}/adjust/`, {
      adjustment_type,
      quantity,
      notes: 'count',
      reference_number: 'REF-1',
    });
  const order = (id: number, quantity: number) =>
    api.post('/api/v1/orders/', {
      customer_name: 'A',
      customer_email: 'a@example.com',
      items: [{ product_id: id, quantity }],
    });

  it('adds a product together with its stock level and its first movement', async () => {
    const response = await add({ description: 'Thin', maximum_capacity: 50 });
    const product = (await response.json()) as Product;
    expect(response.headers.get('location')).toBe(`/api/v1/products/${product.id}/`);
    expect(product).toMatchObject({
      price: '999.90',
      currency: 'USD',
      is_active: true,
      stock: 12,
      reserved_stock: 0,
      available_stock: 12,
      version: 1,
    });
    expect(await json(`/api/v1/products/${product.id}`)).toEqual(product);
    expect(await json(`/api/v1/inventory/${product.id}/transactions/`)).toMatchObject({
      count: 1,
      results: [
        { transaction_type: 'RECEIVE', quantity: 12, previous_quantity: 0, new_quantity: 12, processed_by: 'api' },
      ],
    });
    expect(await json(`/api/v1/inventory/${product.id}/`)).toMatchObject({
      product_id: product.id,
      quantity: 12,
      available_quantity: 12,
      minimum_threshold: 10,
      maximum_capacity: 50,
      is_low_stock: false,
    });
  });

  it.each<[object, string]>([
    [{ price: '0.00' }, 'price'],
    [{ price: '0.001' }, 'price'],
    [{ price: '1000000' }, 'price'],
    [{ price: '-1' }, 'price'],
    [{ price: '1e3' }, 'price'],
    [{ price: null }, 'price'],
    [{ name: '' }, 'name'],
    [{ sku: 'x'.repeat(65) }, 'sku'],
    [{ initial_stock: -1 }, 'initial_stock'],
    [{ initial_stock: 51, maximum_capacity: 50 }, 'initial_stock'],
    [{ is_active: 'yes' }, 'is_active'],
    [{ id: 5 }, 'id'],
  ])('refuses %j, names %s and writes nothing', async (given, field) => {
    const before = await json<{ count: number }>('/api/v1/products/');
    const response = await add(given);
    expect(response.status).toBe(400);
    const { errors } = (await response.json()) as { errors: { field: string }[] };
    expect(errors.map((error) => error.field)).toEqual([field]);
    expect(await json('/api/v1/products/')).toMatchObject({ count: before.count });
  });

  it('refuses a SKU that is taken', async () => {
    await added({ sku: 'TAKEN' });
    const response = await add({ sku: 'TAKEN' });
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ code: 'PRODUCT_SKU_TAKEN', errors: [{ field: 'sku' }] });
  });

  it('receives, removes, counts and writes off, each with its movement', async () => {
    const { id } = await added();
    expect(await (await adjust(id, 'add', 8)).json()).toEqual({
      success: true,
      previous_quantity: 12,
      new_quantity: 20,
      adjustment: 8,
    });
    expect(await (await adjust(id, 'remove', 5)).json()).toMatchObject({ new_quantity: 15, adjustment: -5 });
    expect(await (await adjust(id, 'set', 30)).json()).toMatchObject({ new_quantity: 30, adjustment: 15 });
    expect(await (await adjust(id, 'damage', 1)).json()).toMatchObject({ new_quantity: 29, adjustment: -1 });
    const { results } = await json<{
      results: { transaction_type: string; quantity: number; reference_number: string }[];
    }>(`/api/v1/inventory/${id}/transactions/`);
    expect(results.map(({ transaction_type, quantity }) => `${transaction_type} ${quantity}`)).toEqual([
      'DAMAGE 1',
      'ADJUST 15',
      'ADJUST 5',
      'RECEIVE 8',
      'RECEIVE 12',
    ]);
    expect(results[0]!.reference_number).toBe('REF-1');
  });

  it('never takes away what orders reserve, and never stores more than fits', async () => {
    const { id } = await added();
    expect((await order(id, 7)).status).toBe(201);
    const removal = await adjust(id, 'remove', 7);
    expect(removal.status).toBe(409);
    expect(await removal.json()).toMatchObject({ detail: 'Cannot remove 7 units. Only 5 available.' });
    expect((await adjust(id, 'set', 6)).status).toBe(409);
    expect((await adjust(id, 'damage', 6)).status).toBe(409);
    expect((await adjust(id, 'add', 989)).status).toBe(409);
    expect((await adjust(id, 'set', 7)).status).toBe(200);
    expect(await json(`/api/v1/products/${id}/`)).toMatchObject({ stock: 7, reserved_stock: 7, available_stock: 0 });
  });

  it('sells the last units once when a removal and orders meet', async () => {
    const { id } = await added();
    const [removal, ...orders] = await Promise.all([
      adjust(id, 'remove', 6),
      ...Array.from({ length: 12 }, () => order(id, 1)),
    ]);
    const sold = orders.filter(({ status }) => status === 201).length;
    const level = await json<Product>(`/api/v1/products/${id}/`);
    expect(level).toMatchObject(removal.status === 200 ? { stock: 6 } : { stock: 12 });
    expect(level.reserved_stock).toBe(sold);
    expect(level.available_stock).toBeGreaterThanOrEqual(0);
  });

  it('lists products by name, price and age, and finds them', async () => {
    for (const [name, price] of [
      ['Zebra lamp', '5.00'],
      ['Ant lamp', '7.00'],
      ['Mole lamp', '6.00'],
    ])
      await added({ name, price });
    const names = async (query: string) =>
      (await json<{ results: { name: string }[] }>(`/api/v1/products/?search=lamp&${query}`)).results.map(
        ({ name }) => name,
      );
    expect(await names('ordering=name')).toEqual(['Ant lamp', 'Mole lamp', 'Zebra lamp']);
    expect(await names('ordering=-price')).toEqual(['Ant lamp', 'Mole lamp', 'Zebra lamp']);
    expect(await names('ordering=created_at')).toEqual(['Zebra lamp', 'Ant lamp', 'Mole lamp']);
    expect(await names('is_active=false')).toEqual([]);
    expect(await json('/api/v1/products/?search=%25')).toMatchObject({ count: 0 });
    const seen: string[] = [];
    let next: string | null = `${api.url}/api/v1/products/?search=lamp&ordering=-name&page_size=1`;
    while (next) {
      const page = (await (await fetch(next)).json()) as { next: string | null; results: { name: string }[] };
      seen.push(...page.results.map(({ name }) => name));
      next = page.next;
    }
    expect(seen).toEqual(['Zebra lamp', 'Mole lamp', 'Ant lamp']);
  });

  it('lists what is low and what is out of stock', async () => {
    const empty = await added({ initial_stock: 0, name: 'Watch list empty' });
    const low = await added({ initial_stock: 10, name: 'Watch list low' });
    await added({ initial_stock: 11, name: 'Watch list fine' });
    const ids = async (query: string) =>
      (await json<{ results: { id: number }[] }>(`/api/v1/inventory/?search=watch list&${query}`)).results.map(
        ({ id }) => id,
      );
    expect(await ids('low_stock=true')).toEqual([empty.id, low.id]);
    expect(await ids('out_of_stock=true')).toEqual([empty.id]);
    expect(await ids('')).toHaveLength(3);
  });

  it.each(['/api/v1/products/0', '/api/v1/products/abc', '/api/v1/inventory/-1', '/api/v1/inventory/1e3/transactions'])(
    'answers 400 for %s',
    async (path) => {
      expect((await api.request(path)).status).toBe(400);
    },
  );

  it.each(['/api/v1/products/999999', '/api/v1/inventory/999999', '/api/v1/inventory/999999/transactions', '/nowhere'])(
    'answers 404 for %s with a problem',
    async (path) => {
      const response = await api.request(path);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({
        status: 404,
        instance: path,
        request_id: expect.any(String) as string,
      });
    },
  );
});
