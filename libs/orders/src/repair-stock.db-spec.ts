import { ReconcileStock } from '@app/inventory';
import { ApplyTransitions, type OrderStatus, PlaceOrders, RepairStock } from '@app/orders';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { contexts } from '../../../test/support/contexts';
import { type TestDatabase, testDatabase } from '../../../test/support/database';
import { aPlacement, lines, someProducts } from '../../../test/support/factories';
import { TESTER } from '../../../test/support/principals';
import { verifyInvariants } from '../../../test/support/invariants';

const REPAIR = { principal: TESTER, reason: 'Restored from paper' };
const WAITING = '00000000-0000-7000-8000-000000000001';
const SHIPPED = '00000000-0000-7000-8000-000000000002';
const CANCELLED = '00000000-0000-7000-8000-000000000003';

const movement = (order: string, kind: string) =>
  `delete from inventory.stock_movements where order_id = '${order}' and kind = '${kind}'`;
const level = (set: string) => `update inventory.stock_levels set ${set} where product_id = 1`;
const reservation = (order: string, set: string) =>
  `update inventory.reservations set ${set} where order_id = '${order}'`;

/** Done by hand with triggers off. Product 1 has 18 on hand, 3 of them held. */
const DAMAGES: Record<string, string> = {
  'the RESERVE row of a waiting order is missing': movement(WAITING, 'reserve'),
  'the RESERVE row is missing, and the level was set to what is left of the ledger': `${movement(WAITING, 'reserve')}; ${level('reserved = 0')}`,
  'the FULFILL row of a shipped order is missing': movement(SHIPPED, 'fulfill'),
  'all rows of a shipped order are missing': `${movement(SHIPPED, 'fulfill')}; ${movement(SHIPPED, 'reserve')}`,
  'the RELEASE row of a cancelled order is missing': movement(CANCELLED, 'release'),
  'the RESERVE row of a waiting order is there twice': `
    insert into inventory.stock_movements (product_id, order_id, kind, quantity, previous_on_hand, new_on_hand, previous_reserved,
                                           new_reserved, processed_by)
    select product_id, order_id, kind, quantity, 18, 18, 3, 6, 'hand' from inventory.stock_movements
     where order_id = '${WAITING}'`,
  'the reservation of a waiting order is missing': `delete from inventory.reservations where order_id = '${WAITING}'`,
  'the reservation of a waiting order holds too much': reservation(WAITING, 'quantity = 5'),
  'the reservation of a waiting order was released': reservation(WAITING, `state = 'released'`),
  'a cancelled order still holds': reservation(CANCELLED, `state = 'held'`),
  'a shipped order still holds': reservation(SHIPPED, `state = 'held'`),
  'the reservation of an order that does not exist': `
    insert into inventory.reservations values ('00000000-0000-7000-8000-00000000000f', 1, 2, 'held')`,
  'the level has forgotten what is held': level('reserved = 0'),
  'level and reservation have forgotten what is held': `${level('reserved = 0')}; ${reservation(WAITING, `state = 'released'`)}`,
};

describe('repairing stock', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;

  beforeEach(async () => {
    database = await testDatabase();
    app = await contexts(database.config);
    await someProducts(app, [20]);
    await place(WAITING, 3);
    await place(SHIPPED, 2);
    await place(CANCELLED, 4);
    await move(SHIPPED, 'processing', 'shipped');
    await move(CANCELLED, 'cancelled');
  });
  afterEach(async () => {
    await app?.close();
    await database?.drop();
  });

  const place = async (orderId: string, quantity: number) => {
    const placement = aPlacement({ orderId, lines: lines([1, quantity]) });
    const [outcome] = await app.get(PlaceOrders, { strict: false }).execute([placement]);
    return outcome!.result;
  };
  const move = async (orderId: string, ...way: OrderStatus[]) => {
    for (const to of way)
      await app
        .get(ApplyTransitions, { strict: false })
        .execute([{ orderId, to, principal: TESTER, requestId: null, reason: 'test' }]);
  };
  const breached = async () =>
    (await verifyInvariants(app.get(DataSource))).filter(({ holds }) => !holds).map(({ name }) => name);
  const damage = (sql: string) => database.query(`set session_replication_role = replica; ${sql}`);
  const repair = async () => {
    await app.get(RepairStock, { strict: false }).execute(undefined, REPAIR);
    await app.get(ReconcileStock, { strict: false }).execute({ repairAs: REPAIR });
  };

  it('finds nothing after honest work', async () => {
    expect(await app.get(RepairStock, { strict: false }).execute(undefined, REPAIR)).toEqual({
      found: [],
      repaired: [],
    });
    expect(await breached()).toEqual([]);
  });

  it.each(Object.entries(DAMAGES))('when %s, all agrees again and nothing is oversold', async (_, sql) => {
    await app.get(ReconcileStock, { strict: false }).execute({});
    await damage(sql);
    expect(await breached()).not.toEqual([]);
    await repair();
    expect(await breached()).toEqual([]);
    expect(await database.query('select on_hand, reserved from inventory.stock_levels')).toEqual([
      { on_hand: 18, reserved: 3 },
    ]);
    expect(await place('00000000-0000-7000-8000-000000000004', 16)).not.toBe('placed');
    expect(await place('00000000-0000-7000-8000-000000000005', 15)).toBe('placed');
    await move(WAITING, 'processing', 'shipped');
    expect(await breached()).toEqual([]);
  });

  it('shows, and changes nothing, without being told who repairs', async () => {
    await damage(movement(WAITING, 'reserve'));
    const before = await breached();
    expect(await app.get(RepairStock, { strict: false }).execute()).toEqual({
      found: [
        {
          orderId: WAITING,
          productId: 1,
          status: 'pending',
          ordered: 3,
          quantity: 3,
          state: 'held',
          expectedState: 'held',
          movedOnHand: 0,
          movedReserved: 0,
        },
      ],
      repaired: [],
    });
    expect(await breached()).toEqual(before);
  });

  it('never sets a level to a ledger that does not know what orders reserve', async () => {
    await damage(movement(WAITING, 'reserve'));
    expect(await app.get(ReconcileStock, { strict: false }).execute({ repairAs: REPAIR })).toMatchObject({
      repaired: 0,
    });
    expect(await database.query('select reserved from inventory.stock_levels')).toEqual([{ reserved: 3 }]);
  });

  it('leaves goods that left by the ledger only to a person', async () => {
    await damage(`
      insert into inventory.stock_movements (product_id, order_id, kind, quantity, previous_on_hand, new_on_hand, previous_reserved,
                                             new_reserved, processed_by)
      values (1, '${WAITING}', 'fulfill', 3, 18, 15, 3, 0, 'hand')`);
    const { found, repaired } = await app.get(RepairStock, { strict: false }).execute(undefined, REPAIR);
    expect([found.map(({ orderId }) => orderId), repaired]).toEqual([[WAITING], []]);
  });
});
