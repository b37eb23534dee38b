import { type TestApi, testApi } from '../support/api';
import { type SimulationStores, simulationStores } from '../support/simulation';

interface Page {
  count: number;
  next: string | null;
  results: { id: number }[];
}

/** Single rows of the stores over HTTP; what the rules say of them is in libs/simulation. */
describe('the rows of the simulation', () => {
  let stores: SimulationStores;
  let api: TestApi;

  beforeAll(async () => {
    stores = await simulationStores();
    api = await testApi(stores.environment);
  });
  afterAll(async () => {
    await api?.close();
    await stores?.drop();
  });

  const at = (path: string) => `/api/v1/simulation/${path}`;

  it('are added, read, changed and removed, each in the store of its entity', async () => {
    const added = await api.post(at('users/'), { name: 'Alice', email: 'alice@example.com' });
    expect([added.status, added.headers.get('location')]).toEqual([201, '/api/v1/simulation/users/1/']);
    expect((await api.post(at('products/'), { name: 'Laptop', price: '1000' })).status).toBe(201);
    const order = await api.post(at('orders/'), { id: 5, user_id: 1, product_id: 1, quantity: 2 });
    expect([order.status, await order.json()]).toEqual([201, { id: 5, user_id: 1, product_id: 1, quantity: 2 }]);
    expect(await api.json(at('products/1/'))).toEqual({ id: 1, name: 'Laptop', price: '1000.00' });
    const changed = await api.patch(at('products/1/'), { price: 950.5 });
    expect(await changed.json()).toEqual({ id: 1, name: 'Laptop', price: '950.50' });
    expect(await stores.rows('postgres', 'product')).toEqual([{ id: 1, name: 'Laptop', price_minor: 95_050 }]);
    expect(await stores.rows('postgres', 'order')).toMatchObject([{ id: 5 }]);
    const kept = await api.request(at('users/1/'), { method: 'DELETE' });
    expect([kept.status, await kept.json()]).toMatchObject([409, { code: 'SIMULATION_ROW_REFERENCED' }]);
    expect((await api.request(at('orders/5/'), { method: 'DELETE' })).status).toBe(204);
    expect((await api.request(at('orders/5/'))).status).toBe(404);
  });

  it.each([
    ['users/', { name: 'A', email: 'nobody' }, ['name', 'Name must be at least 2 characters long']],
    ['users/', { name: 'Bob', email: 'nobody' }, ['email', 'Invalid email format: nobody']],
    ['users/?shards=9', { name: 'Bob', email: 'bob@example.com' }, ['shards', 'Must be at most 8.']],
    ['users/', { name: 'Bob', email: 'bob@example.com', age: 5 }, ['age', expect.stringContaining('no such field')]],
    ['products/', { name: 'Chair', price: '-50' }, ['price', 'Price cannot be negative: -50.00']],
    ['products/', { name: 'Chair', price: '1000000' }, ['price', 'Price too high: 1000000.00']],
    ['orders/', { user_id: 1, product_id: 99, quantity: 1 }, ['product_id', 'Product does not exist: 99']],
    ['orders/', { user_id: 1, product_id: 1, quantity: 0 }, ['quantity', 'Quantity must be positive: 0']],
  ])('are refused by the name of the field: %s %j', async (path, body, [field, message]) => {
    const response = await api.post(at(path), body);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      400,
      expect.stringContaining('application/problem+json'),
    ]);
    expect(((await response.json()) as { errors: object[] }).errors).toContainEqual(
      expect.objectContaining({ field, message }),
    );
  });

  it('are written once for an Idempotency-Key, and the reply is given again', async () => {
    const body = { name: 'Carol', email: 'carol@example.com' };
    const headers = { 'idempotency-key': 'carol-1' };
    const first = await api.post(at('users/'), body, headers);
    const again = await api.post(at('users/'), body, headers);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(await again.text()).toBe(await first.text());
    const other = await api.post(at('users/'), { ...body, email: 'other@example.com' }, headers);
    expect(other.status).toBe(422);
    const taken = await api.post(at('users/'), body);
    expect([taken.status, await taken.json()]).toMatchObject([409, { errors: [{ field: 'email' }] }]);
  });

  it('are listed in pages, of files and shards as well', async () => {
    const files = 'users/?engine=sqlite&shards=2';
    for (const id of [1, 2, 3, 4, 5])
      expect((await api.post(at(files), { id, name: 'Dora', email: `dora${id}@example.com` })).status).toBe(201);
    const first = await api.json<Page>(at(`${files}&page_size=2&ordering=-id`));
    expect([first.count, first.results.map(({ id }) => id)]).toEqual([5, [5, 4]]);
    const second = (await (await fetch(first.next!)).json()) as Page;
    expect(second.results.map(({ id }) => id)).toEqual([3, 2]);
    expect(await api.json(at('users/2/?engine=sqlite&shards=2'))).toMatchObject({ id: 2 });
    expect((await api.request(at('users/?ordering=name'))).status).toBe(400);
  });
});
