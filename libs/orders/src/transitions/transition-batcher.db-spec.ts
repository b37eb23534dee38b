import { CancelOrder, CompleteStage, PlaceOrders, SweepStaleOrders } from '@app/orders';
import { UnavailableError } from '@app/platform';
import type { TestingModule } from '@nestjs/testing';
import { contexts } from '../../../../test/support/contexts';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';
import { aPlacement, lines, someProducts } from '../../../../test/support/factories';
import { until } from '../../../../test/support/processes';
import { TESTER } from '../../../../test/support/principals';
import { ApplyTransitions } from './apply-transitions';

describe('a lock that a foreign session keeps', () => {
  let database: TestDatabase;
  let app: TestingModule;

  beforeAll(async () => {
    database = await testDatabase({ DB_LOCK_TIMEOUT_MS: '60000' });
    app = await contexts(database.config);
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const someOrders = async (count: number, productId: number) => {
    const outcomes = await app
      .get(PlaceOrders)
      .execute(Array.from({ length: count }, () => aPlacement({ lines: lines([productId, 1]) })));
    return outcomes.map((outcome) => {
      if (outcome.result !== 'placed') throw new Error('not placed');
      return outcome.placed.order.id;
    });
  };
  const begin = (ids: string[]) =>
    app
      .get(ApplyTransitions)
      .execute(ids.map((orderId) => ({ orderId, to: 'processing', principal: TESTER, requestId: null, reason: null })));
  const ship = (orderId: string) =>
    app.get(CompleteStage).execute({ stage: 'shipping', orderId, principal: TESTER, requestId: 'test', priority: 2 });
  const cancel = (orderId: string) =>
    app.get(CancelOrder).execute({ orderId, reason: null, principal: TESTER, requestId: 'test' });
  const levels = (...products: number[]) =>
    database.query(
      'select on_hand, reserved from inventory.stock_levels where product_id = any($1) order by product_id',
      [products],
    );

  it('on stock keeps the stages and cancels of its orders waiting, and no others', async () => {
    const [free, held] = (await someProducts(app, [1000, 1000])) as [number, number];
    const [others, blocked] = [await someOrders(40, free), await someOrders(40, held)];
    await begin([...others, ...blocked]);
    await database.query('begin');
    await database.query('select from inventory.stock_levels where product_id = $1 for update', [held]);
    let cancelled = 0;
    const stages: Promise<unknown>[] = [];
    const cancels: Promise<unknown>[] = [];
    const going: Promise<unknown>[] = [];
    for (const [index, id] of blocked.entries()) {
      going.push(index < 20 ? ship(others[index]!) : cancel(others[index]!));
      if (index < 20) stages.push(ship(id));
      else cancels.push(cancel(id).then(() => cancelled++));
    }
    const stagesEnd = Promise.allSettled(stages);
    // The lock is let go only after all others are done: this ends only if none of them waits for it.
    await Promise.all(going);
    expect(cancelled).toBe(0);
    expect(await levels(free, held)).toEqual([
      { on_hand: 980, reserved: 0 },
      { on_hand: 1000, reserved: 40 },
    ]);
    // A job comes again by itself: it gives its place up.
    expect(new Set((await stagesEnd).map((end) => end.status === 'rejected' && end.reason.constructor))).toEqual(
      new Set([UnavailableError]),
    );
    await expect(ship(blocked[0]!)).rejects.toThrow(`product ${held} is locked`);
    await database.query('commit');
    await Promise.all(cancels);
    expect(cancelled).toBe(20);
    await Promise.all(blocked.slice(0, 20).map(ship));
    expect(await levels(held)).toEqual([{ on_hand: 980, reserved: 0 }]);
  }, 60_000);

  it('on an order keeps that order waiting, and no others', async () => {
    const [product] = (await someProducts(app, [1000])) as [number];
    const [held, ...others] = (await someOrders(41, product)) as [string, ...string[]];
    await database.query('begin');
    await database.query('select from orders.orders where id = $1 for update', [held]);
    let isDone = false;
    const waits = cancel(held).then(() => (isDone = true));
    await Promise.all(others.map(cancel));
    expect(isDone).toBe(false);
    await database.query('commit');
    await waits;
    expect(await levels(product)).toEqual([{ on_hand: 1000, reserved: 0 }]);
  }, 60_000);

  it('is left alone by the sweep, which brings on the others', async () => {
    const [free, held] = (await someProducts(app, [1000, 1000])) as [number, number];
    const [other] = (await someOrders(1, free)) as [string];
    const [blocked] = (await someOrders(1, held)) as [string];
    await begin([other, blocked]);
    await database.query(
      `do $$ begin
         set local session_replication_role = replica;
         update orders.orders set status_since = status_since - interval '1 year', put_backs = 100
          where id in ('${other}', '${blocked}');
         update messaging.outbox set published_at = now() where aggregate_id in ('${other}', '${blocked}');
       end $$`,
    );
    const sweep = () =>
      app.get(SweepStaleOrders).execute({ principal: TESTER, requestId: 'test' }, () => Promise.resolve(new Set()));
    await database.query('begin');
    await database.query('select from inventory.stock_levels where product_id = $1 for update', [held]);
    expect(await sweep()).toMatchObject({ failed: 1, inconsistent: 0 });
    await database.query('commit');
    await until(async () => (await sweep()).failed === 1);
    expect(await levels(free, held)).toEqual([
      { on_hand: 1000, reserved: 0 },
      { on_hand: 1000, reserved: 0 },
    ]);
  }, 60_000);
});
