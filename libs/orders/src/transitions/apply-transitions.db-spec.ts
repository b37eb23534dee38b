import { CancelOrder, ApplyTransitions, type OrderTransition, type OrderStatus, PlaceOrders } from '@app/orders';
import { CombinedWrite, GuardedWriteError, Principal, Transactions } from '@app/platform';
import type { TestingModule } from '@nestjs/testing';
import { contexts } from '../../../../test/support/contexts';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';
import { aPlacement, lines, someProducts } from '../../../../test/support/factories';
import { until } from '../../../../test/support/processes';
import { TESTER } from '../../../../test/support/principals';
import { TransitionBatcher } from './transition-batcher';
import { type LockedOrder, OrderTransitionsRepository } from './order-transitions.repository';

describe('moving orders', () => {
  let database: TestDatabase;
  let app: TestingModule;
  let applyTransitions: ApplyTransitions;

  beforeAll(async () => {
    database = await testDatabase();
    app = await contexts(database.config);
    applyTransitions = app.get(ApplyTransitions);
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const anOrder = async (productId: number, quantity = 1) => {
    const [outcome] = await app.get(PlaceOrders).execute([aPlacement({ lines: lines([productId, quantity]) })]);
    if (outcome?.result !== 'placed') throw new Error('not placed');
    return outcome.placed.order.id;
  };
  const aTransition = (orderId: string, to: OrderStatus, given: Partial<OrderTransition> = {}): OrderTransition => ({
    orderId,
    to,
    principal: TESTER,
    requestId: 'test-request',
    reason: null,
    ...given,
  });
  const bring = async (orderId: string, ...way: OrderStatus[]) => {
    for (const to of way)
      await applyTransitions.execute([aTransition(orderId, to, to === 'failed' ? { reason: 'lost' } : {})]);
  };
  const stockOf = async (productId: number) => {
    const [row] = await database.query<{ on_hand: number; reserved: number; states: string[]; kinds: string[] }>(
      `select on_hand, reserved,
              (select array_agg(state order by order_id) from inventory.reservations where product_id = $1) as states,
              (select array_agg(kind order by id) from inventory.stock_movements where product_id = $1) as kinds
         from inventory.stock_levels where product_id = $1`,
      [productId],
    );
    return row;
  };
  const orderRow = async (orderId: string) =>
    (await database.query(`select * from orders.orders where id = $1`, [orderId]))[0]!;

  const waitingForLocks = async () =>
    (
      await database.query(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
    ).length;

  it('fulfills the reservation when the order is shipped, and not again when it is delivered', async () => {
    const [product] = await someProducts(app, [10]);
    const order = await anOrder(product!, 4);
    await bring(order, 'processing');
    expect(await stockOf(product!)).toMatchObject({ on_hand: 10, reserved: 4 });
    await bring(order, 'shipped', 'delivered');
    expect(await stockOf(product!)).toEqual({
      on_hand: 6,
      reserved: 0,
      states: ['fulfilled'],
      kinds: ['receive', 'reserve', 'fulfill'],
    });
    expect(await orderRow(order)).toMatchObject({ status: 'delivered', version: 4, changed_by: 'test' });
  });

  it.each<[string, OrderStatus[]]>([
    ['cancelled while pending', ['cancelled']],
    ['cancelled while processing', ['processing', 'cancelled']],
    ['failed while pending', ['failed']],
    ['failed while processing', ['processing', 'failed']],
    ['put back and then cancelled', ['processing', 'pending', 'cancelled']],
  ])('releases the reservation once when the order is %s', async (_, way) => {
    const [product] = await someProducts(app, [10]);
    await bring(await anOrder(product!, 4), ...way);
    expect(await stockOf(product!)).toEqual({
      on_hand: 10,
      reserved: 0,
      states: ['released'],
      kinds: ['receive', 'reserve', 'release'],
    });
  });

  it('keeps the units gone when a shipped order fails', async () => {
    const [product] = await someProducts(app, [10]);
    await bring(await anOrder(product!, 4), 'processing', 'shipped', 'failed');
    expect(await stockOf(product!)).toMatchObject({ on_hand: 6, reserved: 0, states: ['fulfilled'] });
  });

  it('answers a move that the state does not allow without changing anything', async () => {
    const [product] = await someProducts(app, [10]);
    const order = await anOrder(product!);
    const before = await orderRow(order);
    expect(
      await applyTransitions.execute([
        aTransition(order, 'delivered'),
        aTransition(order, 'processing', { from: 'shipped' }),
        aTransition(order, 'processing', { version: 7 }),
        aTransition('00000000-0000-4000-8000-000000000000', 'cancelled'),
      ]),
    ).toEqual([
      { result: 'not_moved', status: 'pending', version: 1 },
      { result: 'not_moved', status: 'pending', version: 1 },
      { result: 'not_moved', status: 'pending', version: 1 },
      { result: 'not_moved', status: undefined },
    ]);
    expect(await orderRow(order)).toEqual(before);
  });

  it.each<[string, Partial<LockedOrder>]>([
    ['a state that it left', { status: 'pending' }],
    ['a version that was superseded', { version: 1 }],
  ])('refuses to write a move that was decided on %s, even if a path forgot the lock', async (_, seen) => {
    const [product] = await someProducts(app, [10]);
    const id = await anOrder(product!);
    await bring(id, 'processing');
    const order: LockedOrder = {
      id,
      status: 'processing',
      version: 2,
      priority: 2,
      lineCount: 1,
      createdAt: new Date(),
      ...seen,
    };
    const write = new CombinedWrite();
    app
      .get(OrderTransitionsRepository, { strict: false })
      .addTransitions(write, [{ order, transition: aTransition(id, 'cancelled') }]);
    await expect(app.get(Transactions).run((tx) => write.execute(tx))).rejects.toThrow(GuardedWriteError);
    expect(await orderRow(id)).toMatchObject({ status: 'processing', version: 2 });
  });

  it('moves an order that is asked for twice at once one step after the other', async () => {
    const [product] = await someProducts(app, [10]);
    const order = await anOrder(product!);
    const batcher = app.get(TransitionBatcher, { strict: false });
    const transitions = [
      aTransition(order, 'processing'),
      aTransition(order, 'shipped'),
      aTransition(order, 'shipped'),
    ];
    const outcomes = await Promise.all(transitions.map((transition) => batcher.apply(transition)));
    expect(outcomes.map(({ result }) => result)).toEqual(['moved', 'moved', 'not_moved']);
    expect(await stockOf(product!)).toMatchObject({ on_hand: 9, reserved: 0 });
  });

  it('keeps every version with who made it, its request and its reason, and publishes an event for each', async () => {
    const [product] = await someProducts(app, [10]);
    const order = await anOrder(product!);
    await applyTransitions.execute([
      aTransition(order, 'processing', { principal: Principal.system('worker'), requestId: 'r-2' }),
    ]);
    await applyTransitions.execute([
      aTransition(order, 'cancelled', {
        principal: Principal.anonymous(),
        requestId: 'r-3',
        reason: 'changed my mind',
      }),
    ]);
    const versions = await database.query(
      `select version, row ->> 'status' as status, row ->> 'changed_by' as changed_by, row ->> 'request_id' as request
         from audit.order_versions where id = $1 order by version`,
      [order],
    );
    expect(versions).toEqual([
      { version: 1, status: 'pending', changed_by: 'test', request: 'test-request' },
      { version: 2, status: 'processing', changed_by: 'worker', request: 'r-2' },
    ]);
    expect(await orderRow(order)).toMatchObject({ version: 3, request_id: 'r-3', change_reason: 'changed my mind' });
    const events = await database.query(
      `select type, aggregate_version, correlation_id from messaging.outbox where aggregate_id = $1 order by aggregate_version`,
      [order],
    );
    expect(events).toEqual([
      { type: 'order.placed.v1', aggregate_version: 1, correlation_id: 'test-request' },
      { type: 'order.processing_started.v1', aggregate_version: 2, correlation_id: 'r-2' },
      { type: 'order.cancelled.v1', aggregate_version: 3, correlation_id: 'r-3' },
    ]);
  });

  it('lets who wants to move an order wait for who does', async () => {
    const order = await anOrder((await someProducts(app, [10]))[0]!);
    const [transactions, repository] = [app.get(Transactions), app.get(OrderTransitionsRepository)];
    const seen: string[] = [];
    let second: Promise<unknown> | undefined;
    await transactions.run(async (tx) => {
      await repository.lockOrders(tx, [order]);
      second = transactions
        .run((other) => repository.lockOrders(other, [order]))
        .then(() => {
          seen.push('second');
        });
      await until(async () => seen.length > 0 || (await waitingForLocks()) > 0);
      seen.push('first');
    });
    await second;
    expect(seen).toEqual(['first', 'second']);
  });

  it('lets exactly one of a cancel and a stage win, 200 times', async () => {
    const others = await contexts(database.config);
    try {
      const [product] = await someProducts(app, [1000]);
      const orders: string[] = [];
      for (let round = 0; round < 200; round++) orders.push(await anOrder(product!));
      for (const order of orders) await bring(order, 'processing');
      const winners = await Promise.all(
        orders.map(async (order) => {
          const [cancelled, [shipped]] = await Promise.all([
            app
              .get(CancelOrder)
              .execute({ orderId: order, reason: null, principal: Principal.anonymous(), requestId: 'c' })
              .then(() => true)
              .catch((error: Error) =>
                /Cannot cancel order in shipped status/.test(error.message) ? false : Promise.reject(error),
              ),
            others.get(ApplyTransitions).execute([aTransition(order, 'shipped', { from: 'processing' })]),
          ]);
          return { cancelled, shipped: shipped!.result === 'moved' };
        }),
      );
      expect(winners.filter(({ cancelled, shipped }) => cancelled === shipped)).toEqual([]);
      const shipped = winners.filter((winner) => winner.shipped).length;
      const [row] = await database.query<{ fulfilled: number; released: number; on_hand: number; reserved: number }>(
        `select on_hand, reserved,
                (select count(*) from inventory.stock_movements where product_id = $1 and kind = 'fulfill') as fulfilled,
                (select count(*) from inventory.stock_movements where product_id = $1 and kind = 'release') as released
           from inventory.stock_levels where product_id = $1`,
        [product],
      );
      expect(row).toEqual({ on_hand: 1000 - shipped, reserved: 0, fulfilled: shipped, released: 200 - shipped });
    } finally {
      await others.close();
    }
  });

  it('moves batches that share orders and products in opposite order without a deadlock', async () => {
    const products = await someProducts(app, [5000, 5000, 5000]);
    const orders: string[] = [];
    for (let index = 0; index < 60; index++) orders.push(await anOrder(products[index % 3]!));
    const [{ deadlocks: before }] = (await database.query(
      `select deadlocks from pg_stat_database where datname = current_database()`,
    )) as [{ deadlocks: number }];
    const outcomes = await Promise.all([
      applyTransitions.execute(orders.map((order) => aTransition(order, 'processing'))),
      applyTransitions.execute([...orders].reverse().map((order) => aTransition(order, 'cancelled'))),
      app
        .get(PlaceOrders)
        .execute(orders.map(() => aPlacement({ lines: lines(...products.map((id): [number, number] => [id, 1])) }))),
    ]);
    expect(outcomes[2].every(({ result }) => result === 'placed')).toBe(true);
    const [{ deadlocks: after }] = (await database.query(
      `select deadlocks from pg_stat_database where datname = current_database()`,
    )) as [{ deadlocks: number }];
    expect(after).toBe(before);
  });
});
