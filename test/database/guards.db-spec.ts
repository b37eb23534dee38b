import { PlaceOrders } from '@app/orders';
import type { TestingModule } from '@nestjs/testing';
import { contexts } from '../support/contexts';
import { type TestDatabase, testDatabase } from '../support/database';
import { aPlacement, lines, someProducts } from '../support/factories';

/** What must never happen is refused by the database, also to somebody with an SQL prompt. */
describe('the database refuses', () => {
  let database: TestDatabase;
  let app: TestingModule;
  let product: number;
  let order: string;

  beforeAll(async () => {
    database = await testDatabase();
    app = await contexts(database.config);
    [product] = (await someProducts(app, [10])) as [number];
    const [outcome] = await app.get(PlaceOrders).execute([aPlacement({ lines: lines([product, 4]) })]);
    if (outcome?.result !== 'placed') throw new Error('not placed');
    order = outcome.placed.order.id;
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  it.each([
    [
      'reserving more than is there',
      `update inventory.stock_levels set reserved = on_hand + 1`,
      /stock_levels_never_oversold/,
    ],
    ['taking away what is reserved', `update inventory.stock_levels set on_hand = 3`, /stock_levels_never_oversold/],
    ['negative stock', `update inventory.stock_levels set on_hand = -1, reserved = -1`, /stock_levels_never_oversold/],
    ['more than the capacity', `update inventory.stock_levels set on_hand = maximum_capacity + 1`, /within_capacity/],
    ['changing the ledger', `update inventory.stock_movements set quantity = 1`, /append-only: UPDATE is refused/],
    ['deleting from the ledger', `delete from inventory.stock_movements`, /append-only: DELETE is refused/],
    ['emptying the ledger', `truncate inventory.stock_movements`, /append-only: TRUNCATE is refused/],
    [
      'a delivered order without a time',
      `update orders.orders set status = 'delivered', processing_started_at = now()`,
      /orders_delivered_has_time/,
    ],
    ['a failed order without a reason', `update orders.orders set status = 'failed'`, /orders_failed_has_reason/],
    ['an unknown state', `update orders.orders set status = 'lost'`, /status_check/],
    ['a version that jumps', `update orders.orders set version = version + 2`, /must go from 1 to 2, not to 3/],
    ['an order total below zero', `update orders.orders set total_minor = -1`, /total_minor_check/],
  ])('%s', async (_, sql, message) => {
    await expect(database.query(sql)).rejects.toThrow(message);
  });

  it('a movement whose figures do not add up', async () => {
    await expect(
      database.query(
        `insert into inventory.stock_movements (product_id, kind, quantity, previous_on_hand, new_on_hand, previous_reserved, new_reserved, processed_by)
         values ($1, 'receive', 5, 10, 16, 0, 0, 'me')`,
        [product],
      ),
    ).rejects.toThrow(/stock_movements_add_up/);
  });

  it('resolving a reservation twice', async () => {
    await database.query(`begin`);
    await database.query(`update inventory.reservations set state = 'released' where order_id = $1`, [order]);
    await expect(
      database.query(`update inventory.reservations set state = 'fulfilled' where order_id = $1`, [order]),
    ).rejects.toThrow(/is released already/);
    await database.query(`rollback`);
  });

  it('forgetting who changed an order by hand: the version is counted up and names the SQL user', async () => {
    await database.query(`update orders.orders set notes = 'called the customer' where id = $1`, [order]);
    const [row] = await database.query(`select version, changed_by from orders.orders where id = $1`, [order]);
    expect(row).toEqual({ version: 2, changed_by: 'sql:postgres' });
    const versions = await database.query(
      `select version, row ->> 'notes' as notes from audit.order_versions where id = $1`,
      [order],
    );
    expect(versions).toEqual([{ version: 1, notes: null }]);
  });
});
