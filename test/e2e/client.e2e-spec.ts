import { dataOf, everyItem, type Order, ProblemError } from '@app/client';
import { type TestApi, testApi } from '../support/api';

/** The way of a shop's program: everything through the typed client, which is generated from the contract. */
describe('the typed client', () => {
  let api: TestApi;
  let product: number;

  beforeAll(async () => {
    api = await testApi();
    const { client } = api;
    const body = { name: 'Laptop', sku: 'LAP-1', price: '999.90', initial_stock: 5, maximum_capacity: 100 };
    product = (await dataOf(client.POST('/api/v1/products/', { body }))).id;
    await dataOf(
      client.POST('/api/v1/inventory/{id}/adjust/', {
        params: { path: { id: product } },
        body: { adjustment_type: 'add', quantity: 20 },
      }),
    );
  });
  afterAll(async () => {
    await api?.close();
  });

  const place = (quantity: number): Promise<Order> =>
    dataOf(
      api.client.POST('/api/v1/orders/', {
        body: {
          customer_name: 'Ada Buyer',
          customer_email: 'ada@example.com',
          items: [{ product_id: product, quantity }],
        },
      }),
    );

  it('places, amends, cancels and reads an order back with its history', async () => {
    const { client } = api;
    const { order_id, version } = await place(2);
    const path = { order_id };
    const amended = await dataOf(
      client.PATCH('/api/v1/orders/{order_id}/', {
        params: { path, header: { 'If-Match': `"${version}"` } },
        body: { notes: 'Ring twice.' },
      }),
    );
    expect(amended).toMatchObject({ version: version + 1, notes: 'Ring twice.' });
    await dataOf(client.POST('/api/v1/orders/{order_id}/cancel/', { params: { path } }));
    const history = await dataOf(client.GET('/api/v1/orders/{order_id}/history/', { params: { path } }));
    expect(history.results.map(({ status }) => status)).toEqual(['cancelled', 'pending', 'pending']);
  });

  it('gives a refusal as the problem that it is', async () => {
    const refusal = await place(1000).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ProblemError);
    expect((refusal as ProblemError).problem).toMatchObject({
      code: 'INVENTORY_INSUFFICIENT_STOCK',
      errors: [
        { field: 'items[0].quantity', message: 'Insufficient stock for Laptop. Available: 25, Requested: 1000' },
      ],
    });
  });

  it('walks through a list of several pages', async () => {
    const placed = [await place(1), await place(1), await place(1)];
    const query = { page_size: 2, ordering: 'created_at' } as const;
    const found: string[] = [];
    const pages = (cursor: string | undefined) =>
      dataOf(api.client.GET('/api/v1/orders/', { params: { query: { ...query, status: ['pending'], cursor } } }));
    for await (const { order_id } of everyItem(pages)) found.push(order_id);
    expect(found).toEqual(placed.map(({ order_id }) => order_id));
  });
});
