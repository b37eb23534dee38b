import { Client } from 'pg';
import { type TestApi, testApi } from '../support/api';
import { someProducts } from '../support/factories';
import { until } from '../support/processes';

interface StockLocks {
  status: string;
  blocked_products: number;
  longest_seconds?: number;
  message?: string;
}

describe('the health page, while a foreign session keeps stock locked', () => {
  let api: TestApi;
  let stranger: Client;
  let products: number[];

  beforeAll(async () => {
    api = await testApi();
    products = await someProducts(
      api.app,
      Array.from({ length: 7 }, () => 100),
    );
    stranger = new Client({ connectionString: api.database.url, application_name: 'a stranger' });
    await stranger.connect();
  });
  afterAll(async () => {
    await stranger?.end();
    await api?.close();
  });

  const lock = async (...locked: number[]) => {
    await stranger.query('begin');
    await stranger.query('select from inventory.stock_levels where product_id = any($1) for update', [locked]);
  };
  const place = async (product: number) => {
    const items = [{ product_id: product, quantity: 1 }];
    return (await api.post('/api/v1/orders/', { customer_name: 'A', customer_email: 'a@example.com', items })).status;
  };
  const stockLocks = async () => {
    const page = await api.json<{ status: string; checks: { stock_locks: StockLocks } }>('/health/');
    return { page: page.status, ...page.checks.stock_locks };
  };

  it('names the product whose orders wait, and is healthy again when it is free', async () => {
    const [locked, free] = products as [number, number];
    await lock(locked);
    const waiting = place(locked);
    await until(async () => (await stockLocks()).status === 'degraded');
    expect(await stockLocks()).toMatchObject({
      page: 'degraded',
      blocked_products: 1,
      longest_seconds: expect.any(Number),
      message:
        `Somebody keeps the stock of product ${locked} locked, and the orders for it wait; others go on. ` +
        'Who it is: docs/runbook.md, "Stock that stays locked"',
    });
    expect(await place(free)).toBe(201);

    await stranger.query('rollback');
    expect(await waiting).toBe(201);
    await until(async () => (await stockLocks()).status === 'healthy');
    expect(await stockLocks()).toMatchObject({ status: 'healthy', blocked_products: 0 });
  });

  it('is healthy again although nobody orders the product any more', async () => {
    const [locked] = products as [number];
    await lock(locked);
    const waiting = place(locked);
    await until(async () => (await stockLocks()).status === 'degraded');
    await stranger.query('rollback');
    await waiting;
    await until(async () => (await stockLocks()).status === 'healthy');
    expect(await place(locked)).toBe(201);
  });

  it('names five of them when there are more', async () => {
    const locked = products.slice(0, 6);
    await lock(...locked);
    const waiting = locked.map(place);
    await until(async () => (await stockLocks()).blocked_products === locked.length);
    const { message } = await stockLocks();
    const named = /of product ((?:\d+, ){5}…) locked/.exec(message!)![1]!.split(', ').slice(0, -1).map(Number);
    expect(named.filter((product) => !locked.includes(product))).toEqual([]);

    await stranger.query('rollback');
    expect(await Promise.all(waiting)).toEqual(locked.map(() => 201));
    await until(async () => (await stockLocks()).status === 'healthy');
  });
});
