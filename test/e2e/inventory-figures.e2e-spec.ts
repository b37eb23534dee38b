import { type TestApi, testApi } from '../support/api';
import { someProducts } from '../support/factories';

interface Reconciled {
  dry_run: boolean;
  checked: number;
  drifted: object[];
  repaired: number;
}

describe('figures of the whole inventory', () => {
  let api: TestApi;

  beforeEach(async () => {
    api = await testApi();
  });
  afterEach(async () => {
    await api?.close();
  });

  const summary = () => api.json<Record<string, number>>('/api/v1/inventory/summary/');
  const reconcile = async (body?: object) => {
    const response = await (body
      ? api.post('/api/v1/inventory/reconcile/', body)
      : api.request('/api/v1/inventory/reconcile/', { method: 'POST' }));
    expect(response.status).toBe(200);
    return (await response.json()) as Reconciled;
  };

  it('counts healthy, low and out of stock apart, and they add up', async () => {
    expect(await summary()).toEqual({
      total_items: 0,
      low_stock_items: 0,
      out_of_stock_items: 0,
      healthy_stock_items: 0,
    });
    const [, low] = await someProducts(api.app, [0, 10, 11, 500, 500]);
    expect(await summary()).toEqual({
      total_items: 5,
      low_stock_items: 1,
      out_of_stock_items: 1,
      healthy_stock_items: 3,
    });
    const order = { customer_name: 'A', customer_email: 'a@example.com', items: [{ product_id: low, quantity: 10 }] };
    expect((await api.post('/api/v1/orders/', order)).status).toBe(201);
    expect(await summary()).toMatchObject({ low_stock_items: 0, out_of_stock_items: 2, healthy_stock_items: 3 });
  });

  it('finds no drift after honest work, with and without a body', async () => {
    const [product] = await someProducts(api.app, [50, 0]);
    await api.post(`/api/v1/inventory/${product}/adjust/`, { adjustment_type: 'damage', quantity: 3 });
    expect(await reconcile()).toEqual({ dry_run: true, checked: 2, drifted: [], repaired: 0 });
    expect(await reconcile({})).toMatchObject({ dry_run: true });
    expect(await reconcile({ dry_run: false })).toEqual({ dry_run: false, checked: 2, drifted: [], repaired: 0 });
  });

  it('shows a level that left its ledger, changes nothing on a dry run, and then sets it right', async () => {
    const [product, other] = await someProducts(api.app, [50, 7]);
    await api.database.query(`update inventory.stock_levels set on_hand = 60, reserved = 1 where product_id = $1`, [
      product,
    ]);
    const drifted = [
      { product_id: product, quantity: 60, reserved_quantity: 1, ledger_quantity: 50, ledger_reserved: 0 },
    ];
    expect(await reconcile()).toEqual({ dry_run: true, checked: 2, drifted, repaired: 0 });
    expect(await api.json(`/api/v1/inventory/${product}/`)).toMatchObject({ quantity: 60 });
    expect(await reconcile({ dry_run: false })).toEqual({ dry_run: false, checked: 2, drifted, repaired: 1 });
    expect(await api.json(`/api/v1/inventory/${product}/`)).toMatchObject({
      quantity: 50,
      reserved_quantity: 0,
      version: 3,
    });
    expect(await api.json(`/api/v1/inventory/${other}/`)).toMatchObject({ quantity: 7, version: 2 });
    expect(await reconcile()).toMatchObject({ drifted: [] });
  });

  it('reports a ledger that no level can follow, and leaves the level alone', async () => {
    const [product] = await someProducts(api.app, [50]);
    await api.database.query(
      `update inventory.stock_levels set on_hand = 20, maximum_capacity = 30 where product_id = $1`,
      [product],
    );
    expect(await reconcile({ dry_run: false })).toMatchObject({ drifted: [{ ledger_quantity: 50 }], repaired: 0 });
    expect(await api.json(`/api/v1/inventory/${product}/`)).toMatchObject({ quantity: 20 });
  });

  it('is not fooled by orders that are placed and cancelled meanwhile', async () => {
    const [product] = await someProducts(api.app, [1000]);
    const order = {
      customer_name: 'A',
      customer_email: 'a@example.com',
      items: [{ product_id: product, quantity: 1 }],
    };
    let working = true;
    const workers = Array.from({ length: 4 }, async () => {
      while (working) {
        const { order_id } = (await (await api.post('/api/v1/orders/', order)).json()) as { order_id: string };
        await api.request(`/api/v1/orders/${order_id}/cancel/`, { method: 'POST' });
      }
    });
    const seen: Reconciled[] = [];
    for (let round = 0; round < 20; round++) seen.push(await reconcile({ dry_run: round % 2 === 0 }));
    working = false;
    await Promise.all(workers);
    expect(seen.flatMap(({ drifted }) => drifted)).toEqual([]);
  });

  it.each([[{ dry_run: 'no' }], [{ dry_run: null }], [{ dryrun: true }], [[]]])('refuses %j', async (body) => {
    expect((await api.post('/api/v1/inventory/reconcile/', body)).status).toBe(400);
  });
});
