import { contexts } from '../support/contexts';
import { type TestDatabase, testDatabase } from '../support/database';
import { someProducts } from '../support/factories';
import { type RunningApp, startApp } from '../support/processes';

const BODY = { customer_name: 'Ada Buyer', customer_email: 'ada@example.com' };

/** Two API processes on one database, and buyers who all come at once. */
describe('many buyers at once over HTTP', () => {
  let database: TestDatabase;
  let apis: RunningApp[];
  let products: number[];

  beforeAll(async () => {
    database = await testDatabase();
    const app = await contexts(database.config);
    products = await someProducts(app, [50, 10_000, 10_000, 10_000]);
    await app.close();
    apis = await Promise.all([1, 2].map(() => startApp('api', { DATABASE_URL: database.url })));
  });
  afterAll(async () => {
    await Promise.all((apis ?? []).map((api) => api.stop()));
    await database?.drop();
  });

  const buy = async (buyer: number, items: [product: number, quantity: number][]) => {
    const response = await fetch(`${apis[buyer % apis.length]!.url}/api/v1/orders/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...BODY, items: items.map(([product_id, quantity]) => ({ product_id, quantity })) }),
    });
    return {
      status: response.status,
      body: (await response.json()) as { order_id?: string; code?: string; errors?: { message: string }[] },
    };
  };
  const ledger = async (product: number) =>
    (
      await database.query(
        `select on_hand, reserved,
                (select sum(new_on_hand - previous_on_hand)::bigint from inventory.stock_movements where product_id = $1) as sum_on_hand,
                (select sum(new_reserved - previous_reserved)::bigint from inventory.stock_movements where product_id = $1) as sum_reserved,
                (select sum(quantity)::bigint from inventory.reservations where product_id = $1 and state = 'held') as held
           from inventory.stock_levels where product_id = $1`,
        [product],
      )
    )[0];

  it('sells 50 units to 500 buyers exactly 50 times; 450 get a clean 409', async () => {
    const replies = await Promise.all(Array.from({ length: 500 }, (_, buyer) => buy(buyer, [[products[0]!, 1]])));
    const placed = replies.filter(({ status }) => status === 201);
    const refused = replies.filter(({ status }) => status === 409);
    expect([placed.length, refused.length]).toEqual([50, 450]);
    expect(new Set(placed.map(({ body }) => body.order_id)).size).toBe(50);
    for (const { body } of refused)
      expect(body).toMatchObject({
        code: 'INVENTORY_INSUFFICIENT_STOCK',
        errors: [
          { message: expect.stringMatching(/^Insufficient stock for Product \d+\. Available: 0, Requested: 1$/) },
        ],
      });
    expect(await ledger(products[0]!)).toEqual({
      on_hand: 50,
      reserved: 50,
      sum_on_hand: 50,
      sum_reserved: 50,
      held: 50,
    });
    const [{ count }] = (await database.query(`select count(*) from orders.order_lines where product_id = $1`, [
      products[0],
    ])) as [{ count: number }];
    expect(count).toBe(50);
  });

  it('places 200 crossing multi-line orders without a deadlock reaching a client', async () => {
    const [, a, b, c] = products as [number, number, number, number];
    const orders: [number, number][][] = [
      [
        [a, 1],
        [b, 2],
        [c, 1],
      ],
      [
        [c, 1],
        [b, 1],
        [a, 2],
      ],
      [
        [b, 1],
        [c, 1],
        [a, 1],
      ],
      [
        [c, 2],
        [a, 1],
      ],
    ];
    const replies = await Promise.all(
      Array.from({ length: 200 }, (_, buyer) => buy(buyer, orders[buyer % orders.length]!)),
    );
    expect(replies.map(({ status }) => status).filter((status) => status !== 201)).toEqual([]);
    const [{ deadlocks }] = (await database.query(
      `select deadlocks from pg_stat_database where datname = current_database()`,
    )) as [{ deadlocks: number }];
    expect(deadlocks).toBe(0);
    expect(await ledger(a)).toMatchObject({ reserved: 250, sum_reserved: 250, held: 250 });
  });
});
