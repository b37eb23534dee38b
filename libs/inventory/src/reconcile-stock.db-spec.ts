import { AdjustStock, CompareReservations, DriftRepository, ReconcileStock } from '@app/inventory';
import { PlaceOrders } from '@app/orders';
import type { INestApplicationContext } from '@nestjs/common';
import { Principal } from '@app/platform';
import { DataSource } from 'typeorm';
import { contexts } from '../../../test/support/contexts';
import { type TestDatabase, testDatabase } from '../../../test/support/database';
import { aPlacement, lines, someProducts } from '../../../test/support/factories';
import { TESTER } from '../../../test/support/principals';
import { verifyInvariants } from '../../../test/support/invariants';

const REPAIR = { principal: TESTER };

describe('reconciling stock', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;
  let reconcile: ReconcileStock;

  beforeEach(async () => {
    database = await testDatabase();
    app = await contexts(database.config);
    await someProducts(app, [100, 50, 0]);
    reconcile = app.get(ReconcileStock, { strict: false });
  });
  afterEach(async () => {
    await app?.close();
    await database?.drop();
  });

  const place = (...pairs: [number, number][]) =>
    app.get(PlaceOrders, { strict: false }).execute([aPlacement({ lines: lines(...pairs) })]);
  const level = async (id: number) =>
    (await database.query(`select on_hand, reserved from inventory.stock_levels where product_id = $1`, [id]))[0];
  const breached = async () =>
    (await verifyInvariants(app.get(DataSource))).filter(({ holds }) => !holds).map(({ name }) => name);
  const tamper = (set: string, id = 1) =>
    database.query(`update inventory.stock_levels set ${set} where product_id = ${id}`);

  it('finds nothing after honest work, however the sums are kept meanwhile', async () => {
    expect(await reconcile.execute({})).toEqual({ checked: 3, drifted: [], repaired: 0 });
    await place([1, 3], [2, 2]);
    await app
      .get(AdjustStock, { strict: false })
      .execute({ productId: 1, type: 'damage', quantity: 7, principal: TESTER });
    expect(await reconcile.execute({ repairAs: REPAIR })).toEqual({ checked: 3, drifted: [], repaired: 0 });
    expect(
      await database.query(`select product_id, on_hand, reserved from inventory.ledger_sums order by product_id`),
    ).toEqual([
      { product_id: 1, on_hand: 93, reserved: 3 },
      { product_id: 2, on_hand: 50, reserved: 2 },
    ]);
    expect(await breached()).toEqual([]);
  });

  it('finds a level that honest movements went on from after it was changed by hand', async () => {
    await tamper('on_hand = 110');
    await place([1, 4]);
    expect((await reconcile.execute({})).drifted).toEqual([
      { productId: 1, onHand: 110, reserved: 4, ledgerOnHand: 100, ledgerReserved: 4 },
    ]);
    expect(await breached()).toEqual([
      'each movement begins where the one before it ended',
      'movements add up to the level',
      'received ± adjusted − fulfilled − damaged = on hand',
    ]);
    expect(await level(1)).toEqual({ on_hand: 110, reserved: 4 });
  });

  it('repairs it, says in the ledger who did it and why, and everything holds again', async () => {
    await tamper('on_hand = 110');
    await place([1, 4]);
    const repaired = await reconcile.execute({
      repairAs: {
        principal: Principal.system('cli'),
        requestId: 'repair-1',
        reason: 'Counted by hand in the wrong place',
      },
    });
    expect(repaired).toMatchObject({ repaired: 1 });
    expect(await level(1)).toEqual({ on_hand: 100, reserved: 4 });
    expect(
      await database.query(
        `select kind, quantity, previous_on_hand, new_on_hand, new_reserved, notes, processed_by
           from inventory.stock_movements order by id desc limit 1`,
      ),
    ).toEqual([
      {
        kind: 'adjust',
        quantity: 0,
        previous_on_hand: 100,
        new_on_hand: 100,
        new_reserved: 4,
        notes: 'Set to the ledger: on hand 110 → 100, reserved 4 → 4. Counted by hand in the wrong place',
        processed_by: 'cli',
      },
    ]);
    expect(
      await database.query(`select product_id, level_on_hand, level_reserved, request_id from inventory.stock_repairs`),
    ).toEqual([{ product_id: 1, level_on_hand: 110, level_reserved: 4, request_id: 'repair-1' }]);
    expect(await breached()).toEqual([]);
    await place([1, 96]);
    expect(await breached()).toEqual([]);
  });

  it('a repair excuses no break that comes after it', async () => {
    await tamper('on_hand = 110');
    await reconcile.execute({ repairAs: REPAIR });
    await tamper('on_hand = 120');
    await place([1, 1]);
    expect(await breached()).toContain('each movement begins where the one before it ended');
  });

  it('looks at, and repairs, only the products that it is given', async () => {
    await tamper('on_hand = 1');
    await tamper('on_hand = 2', 2);
    expect(await reconcile.execute({ repairAs: REPAIR, productIds: [2, 3] })).toMatchObject({
      checked: 2,
      repaired: 1,
    });
    expect([await level(1), await level(2)]).toEqual([
      { on_hand: 1, reserved: 0 },
      { on_hand: 50, reserved: 0 },
    ]);
    expect(await app.get(DriftRepository, { strict: false }).lastCheck()).toBeUndefined();
  });

  it('remembers what a look at all products found and left', async () => {
    const lastCheck = () => app.get(DriftRepository, { strict: false }).lastCheck();
    await tamper('on_hand = 1');
    await tamper('on_hand = 20, maximum_capacity = 30', 2);
    await reconcile.execute({});
    expect(await lastCheck()).toMatchObject({ checked: 3, drifted: 2, examples: [1, 2] });
    await reconcile.execute({ repairAs: REPAIR });
    expect(await lastCheck()).toMatchObject({ checked: 3, drifted: 1, examples: [2] });
  });

  it('two repairs at once are one', async () => {
    await tamper('on_hand = 1');
    await Promise.all([1, 2, 3, 4].map(() => reconcile.execute({ repairAs: REPAIR })));
    expect(await database.query('select product_id from inventory.stock_repairs')).toEqual([{ product_id: 1 }]);
    expect(await breached()).toEqual([]);
  });

  it('reads only the movements after the kept sums', async () => {
    await reconcile.execute({});
    await database.query(`update inventory.ledger_sums set on_hand = on_hand + 5 where product_id = 1`);
    expect((await reconcile.execute({})).drifted).toMatchObject([{ productId: 1, ledgerOnHand: 105 }]);
  });

  it('sums a ledger that is longer than one statement takes', async () => {
    await database.query(
      `insert into inventory.stock_movements (product_id, kind, quantity, previous_on_hand, new_on_hand, previous_reserved, new_reserved, processed_by)
       select 1, 'receive', 1, 99 + n, 100 + n, 0, 0, 'test' from generate_series(1, 25000) n`,
    );
    await tamper('on_hand = 25100, maximum_capacity = 30000');
    expect(await reconcile.execute({})).toMatchObject({ drifted: [] });
    expect(await database.query('select on_hand from inventory.ledger_sums where product_id = 1')).toEqual([
      { on_hand: 25_100 },
    ]);
  });

  it('finds reserved units that no order reserves, and held ones that are not reserved', async () => {
    const compare = () => app.get(CompareReservations, { strict: false }).execute();
    await place([1, 3], [2, 2]);
    expect(await compare()).toEqual([]);
    await database.query(`set session_replication_role = replica`);
    await database.query(`delete from inventory.reservations where product_id = 1`);
    await database.query(`update inventory.reservations set quantity = 5 where product_id = 2`);
    expect(await compare()).toEqual([
      { productId: 1, onHand: 100, reserved: 3, held: 0 },
      { productId: 2, onHand: 50, reserved: 2, held: 5 },
    ]);
  });
});
