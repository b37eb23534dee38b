import { randomUUID } from 'node:crypto';
import { ApplyTransitions, PlaceOrders } from '@app/orders';
import type { TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { contexts } from '../support/contexts';
import { type TestDatabase, testDatabase } from '../support/database';
import { aPlacement, lines, someProducts } from '../support/factories';
import { until } from '../support/processes';
import { TESTER } from '../support/principals';

/**
 * Two transactions that lock the same rows in different order deadlock, but not every time. So the order itself is looked at: the
 * first row in the promised order is held by somebody else, and the one behind it must still be free while the product waits.
 * Rows lie on disk the other way round, and indexes, which would sort them by chance, are not used.
 */
describe('the order in which rows are locked', () => {
  let database: TestDatabase;
  let app: TestingModule;
  let somebody: DataSource;
  let low: number;
  let high: number;

  beforeEach(async () => {
    database = await testDatabase();
    for (const plan of ['indexscan', 'indexonlyscan', 'bitmapscan'])
      await database.query(`alter database ${new URL(database.url).pathname.slice(1)} set enable_${plan} = off`);
    app = await contexts(database.config);
    somebody = await database.open();
    [low, high] = (await someProducts(app, [100, 100])) as [number, number];
    await database.query('update inventory.stock_levels set updated_at = now() where product_id = $1', [low]);
  });
  afterEach(async () => {
    await app?.close();
    await database?.drop();
  });

  const stock = (id: number) => `select from inventory.stock_levels where product_id = ${id} for update`;
  const order = (id: string) => `select from orders.orders where id = '${id}' for update`;

  /** Whether `second` is free while `work` waits for `first`. */
  const isFreeWhileWaiting = async (first: string, second: string, work: () => Promise<unknown>) => {
    await database.query('begin');
    await database.query(first);
    const working = work();
    try {
      await until(async () => {
        const [row] = await somebody.query<[{ waiting: number }]>(
          `select count(*) as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return row.waiting === 1;
      });
      return await somebody.query(`${second} nowait`).then(
        () => true,
        () => false,
      );
    } finally {
      await database.query('commit');
      await working;
    }
  };
  const place = (orderId: string, ...products: number[]) =>
    app
      .get(PlaceOrders)
      .execute([
        aPlacement({ orderId, orderIdGiven: true, lines: lines(...products.map((id): [number, number] => [id, 1])) }),
      ]);
  const cancel = (...orderIds: string[]) =>
    app
      .get(ApplyTransitions)
      .execute(
        orderIds.map((orderId) => ({ orderId, to: 'cancelled', principal: TESTER, requestId: null, reason: null })),
      );

  it('is ascending product id for the stock of new orders', async () => {
    expect(await isFreeWhileWaiting(stock(low), stock(high), () => place(randomUUID(), high, low))).toBe(true);
    expect(await isFreeWhileWaiting(stock(high), stock(low), () => place(randomUUID(), high, low))).toBe(false);
  });

  it('is ascending product id for the stock of many new orders, taken by the statement that locks it', async () => {
    const placeMany = () =>
      app.get(PlaceOrders).execute(Array.from({ length: 20 }, () => aPlacement({ lines: lines([high, 1], [low, 1]) })));
    expect(await isFreeWhileWaiting(stock(low), stock(high), placeMany)).toBe(true);
    expect(await isFreeWhileWaiting(stock(high), stock(low), placeMany)).toBe(false);
  });

  it('is ascending product id for the stock that orders reserve', async () => {
    const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()];
    await place(first, high, low);
    await place(second, high, low);
    await place(third, high, low);
    await database.query('update inventory.stock_levels set updated_at = now() where product_id = $1', [low]);
    expect(await isFreeWhileWaiting(stock(low), stock(high), () => cancel(first, second))).toBe(true);
    expect(await isFreeWhileWaiting(stock(high), stock(low), () => cancel(third))).toBe(false);
  });

  it('is ascending id for orders, and orders come before stock', async () => {
    const [first, second] = [randomUUID(), randomUUID()].sort() as [string, string];
    await place(second, low);
    await place(first, low);
    expect(await isFreeWhileWaiting(order(first), order(second), () => cancel(second, first))).toBe(true);
    const [third, fourth] = [randomUUID(), randomUUID()].sort() as [string, string];
    await place(fourth, low);
    await place(third, low);
    expect(await isFreeWhileWaiting(order(fourth), order(third), () => cancel(fourth, third))).toBe(false);
    const last = randomUUID();
    await place(last, low);
    expect(await isFreeWhileWaiting(order(last), stock(low), () => cancel(last))).toBe(true);
    expect(await isFreeWhileWaiting(stock(low), order(first), () => place(randomUUID(), low))).toBe(true);
  });
});
