import { OrdersRepository, PlaceOrders } from '@app/orders';
import type { TestingModule } from '@nestjs/testing';
import { contexts } from '../../../../test/support/contexts';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';
import { aPlacement, lines, someProducts } from '../../../../test/support/factories';

describe('an order that was changed 1,500 times', () => {
  let database: TestDatabase;
  let app: TestingModule;
  const placement = aPlacement();

  beforeAll(async () => {
    database = await testDatabase();
    app = await contexts(database.config);
    const [product] = (await someProducts(app, [10])) as [number];
    await app.get(PlaceOrders).execute([{ ...placement, lines: lines([product, 1]) }]);
    await database.query(
      `do $$ begin
         for change in 1..1500 loop
           update orders.orders set notes = 'change ' || change where id = '${placement.orderId}';
         end loop;
       end $$`,
    );
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const rowsRead = async (read: () => Promise<unknown>) => {
    const query = jest.spyOn(app.get(OrdersRepository)['versions']['dataSource'], 'query');
    await read();
    const results = await Promise.all(query.mock.results.map(({ value }) => value as Promise<unknown[]>));
    query.mockRestore();
    return Math.max(...results.map((rows) => rows.length));
  };

  it('is read without all of its versions', async () => {
    const orders = app.get(OrdersRepository);
    expect(await rowsRead(() => orders.getDetail(placement.orderId))).toBe(1000);
    expect(await rowsRead(() => orders.getDetailAsOf(placement.orderId, new Date()))).toBe(1000);
  });

  it('is still found as it was at the beginning', async () => {
    const orders = app.get(OrdersRepository);
    const { createdAt } = await orders.get(placement.orderId);
    const { order, history } = await orders.getDetailAsOf(placement.orderId, createdAt);
    expect(order).toMatchObject({ version: 1, notes: null });
    expect(history).toHaveLength(1);
  });
});
