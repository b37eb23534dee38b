import { randomUUID } from 'node:crypto';
import { DeadLettersRepository, ResolveDeadLetter } from '@app/messaging';
import { ApplyTransitions, type OrderStatus, PlaceOrders, ResumeLostOrders, SweepStaleOrders } from '@app/orders';
import type { TestingModule } from '@nestjs/testing';
import { contexts } from '../../../../test/support/contexts';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';
import { aPlacement, lines, someProducts } from '../../../../test/support/factories';
import { TESTER } from '../../../../test/support/principals';
import { StaleOrdersRepository } from './stale-orders.repository';

describe('the sweep of stale orders', () => {
  let database: TestDatabase;
  let app: TestingModule;
  let product: number;
  /** The orders that have a job in the queue; undefined when that cannot be told. */
  let queued: Set<string> | undefined;

  beforeAll(async () => {
    database = await testDatabase({ STALE_PUT_BACKS_MAX: '3' });
    app = await contexts(database.config);
    [product] = (await someProducts(app, [1000])) as [number];
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  beforeEach(() => {
    queued = new Set();
  });

  const sweep = () => app.get(SweepStaleOrders).execute({ principal: TESTER, requestId: 'test' }, async () => queued);
  const orderIn = async (...way: OrderStatus[]) => {
    const [outcome] = await app.get(PlaceOrders).execute([aPlacement({ lines: lines([product, 1]) })]);
    if (outcome?.result !== 'placed') throw new Error('not placed');
    const { id } = outcome.placed.order;
    for (const to of way)
      await app.get(ApplyTransitions).execute([{ orderId: id, to, principal: TESTER, requestId: null, reason: null }]);
    return id;
  };
  /** Lets the time in the state pass without waiting for it; the trigger that counts versions is not what is tested here. */
  const age = async (id: string, minutes: number) => {
    await database.query(
      `do $$ begin
         set local session_replication_role = replica;
         update orders.orders set status_since = status_since - ${minutes} * interval '1 minute' where id = '${id}';
       end $$`,
    );
    await sent(id);
  };
  /** A relay sends what waits of it. */
  const sent = (id: string) =>
    database.query(
      `update messaging.outbox set published_at = now() where aggregate_id = $1 and published_at is null`,
      [id],
    );
  const orderRow = async (id: string) =>
    (
      await database.query<{ status: string; put_backs: number; version: number; failure_reason: string | null }>(
        `select status, put_backs, version, failure_reason from orders.orders where id = $1`,
        [id],
      )
    )[0]!;
  const events = async (id: string) =>
    (
      await database.query<{ type: string }>(
        `select type from messaging.outbox where aggregate_id = $1 order by occurred_at, id`,
        [id],
      )
    ).map(({ type }) => type);

  it('leaves orders within their deadline alone', async () => {
    const orders = [await orderIn(), await orderIn('processing'), await orderIn('processing', 'shipped')];
    await age(orders[0]!, 4);
    await age(orders[1]!, 9);
    await age(orders[2]!, 59);
    expect(await sweep()).toEqual({ requeued: 0, putBack: 0, failed: 0, delivered: 0, blocked: 0, inconsistent: 0 });
  });

  it('sends a pending order to the queue again without a new version, and not again while that waits for its turn', async () => {
    const id = await orderIn();
    await age(id, 6);
    expect(await sweep()).toMatchObject({ requeued: 1 });
    expect(await orderRow(id)).toMatchObject({ status: 'pending', version: 1 });
    expect(await events(id)).toEqual(['order.placed.v1', 'order.requeued.v1']);
    expect(await sweep()).toMatchObject({ requeued: 0 });
    await sent(id);
    expect(await sweep()).toMatchObject({ requeued: 1 });
  });

  it('leaves a pending order to the person who resolves its dead letter, and brings on those behind it', async () => {
    const [blocked, free] = [await orderIn(), await orderIn()];
    await age(blocked, 7);
    await age(free, 6);
    const [event] = await database.query<{ id: string; type: string }>(
      `select id, type, aggregate_id, aggregate_version, correlation_id, payload, occurred_at from messaging.outbox where aggregate_id = $1`,
      [blocked],
    );
    const letter = { ...event!, queue: 'fulfillment', code: 'UNEXPECTED', reason: 'always throws', attempts: 8 };
    await app.get(DeadLettersRepository).keep({ ...letter, envelope: event });
    expect(await sweep()).toMatchObject({ requeued: 1, blocked: 1 });
    expect(await events(blocked)).toEqual(['order.placed.v1']);
    expect(await events(free)).toEqual(['order.placed.v1', 'order.requeued.v1']);
    await app.get(ResolveDeadLetter).execute(event!.id, 'discarded', TESTER);
    expect(await sweep()).toMatchObject({ requeued: 1, blocked: 0 });
  });

  it('brings on a pending order of which another subscription has a dead letter', async () => {
    const id = await orderIn();
    await age(id, 7);
    const letter = { id: randomUUID(), subscription: 'send-mail', queue: 'maintenance', type: 'order.placed.v1' };
    const envelope = { id: letter.id, aggregate_id: id };
    await app
      .get(DeadLettersRepository)
      .keep({ ...letter, envelope, code: 'UNEXPECTED', reason: 'always throws', attempts: 8 });
    expect(await sweep()).toMatchObject({ requeued: 1, blocked: 0 });
  });

  it('puts a processing order back three times and fails it the fourth, with its stock released', async () => {
    const id = await orderIn('processing');
    const reserved = async () =>
      (
        await database.query<{ reserved: number }>(
          `select reserved from inventory.stock_levels where product_id = $1`,
          [product],
        )
      )[0]!.reserved;
    const before = await reserved();
    for (let time = 1; time <= 3; time++) {
      await age(id, 11);
      expect(await sweep()).toMatchObject({ putBack: 1, failed: 0 });
      expect(await orderRow(id)).toMatchObject({ status: 'pending', put_backs: time });
      expect((await events(id)).at(-1)).toBe('order.put_back.v1');
      await app
        .get(ApplyTransitions)
        .execute([{ orderId: id, to: 'processing', principal: TESTER, requestId: null, reason: null }]);
    }
    await age(id, 11);
    expect(await sweep()).toMatchObject({ putBack: 0, failed: 1 });
    expect(await orderRow(id)).toMatchObject({
      status: 'failed',
      failure_reason: 'Stopped moving after it was put back 3 times',
    });
    expect(await reserved()).toBe(before - 1);
  });

  it('counts a shipped order as delivered when no news came', async () => {
    const id = await orderIn('processing', 'shipped');
    await age(id, 61);
    expect(await sweep()).toMatchObject({ delivered: 1 });
    expect(await orderRow(id)).toMatchObject({ status: 'delivered' });
  });

  it.each<[string, OrderStatus[]]>([
    ['pending', []],
    ['processing', ['processing']],
    ['shipped', ['processing', 'shipped']],
  ])('leaves a %s order alone that waits for its turn or has a job in the queue, however long', async (_, way) => {
    const id = await orderIn(...way);
    await age(id, 600);
    await database.query(`update messaging.outbox set published_at = null where aggregate_id = $1`, [id]);
    const nothing = { requeued: 0, putBack: 0, failed: 0, delivered: 0, blocked: 0, inconsistent: 0 };
    expect(await sweep()).toEqual(nothing);
    await sent(id);
    queued = new Set([id]);
    expect(await sweep()).toEqual(nothing);
    queued = undefined;
    expect(await sweep()).toEqual(nothing);
    queued = new Set();
    const { requeued, putBack, delivered } = await sweep();
    expect(requeued + putBack + delivered).toBe(1);
  });

  it('sends an order again at once, and no other, whose job the queue lost', async () => {
    const resume = () => app.get(ResumeLostOrders).execute('test', async () => queued);
    await resume(); // what the tests before left
    const [lost, held, other] = [await orderIn('processing'), await orderIn(), await orderIn('processing', 'shipped')];
    for (const id of [lost, held, other]) await age(id, 1);
    queued = new Set([held, other]);
    expect(await resume()).toBe(1);
    expect((await events(lost)).at(-1)).toBe('order.resumed.v1');
    expect(await orderRow(lost)).toMatchObject({ status: 'processing', version: 2 });
    expect(await resume()).toBe(0);
    const looks = [new Set([other]), new Set([other, held])];
    expect(await app.get(ResumeLostOrders).execute('test', async () => looks.shift())).toBe(0);
  });

  describe('what changed between the look and the lock', () => {
    /** Runs a sweep that is overtaken once it has read the stale orders of a state. */
    const overtakenSweep = async (state: OrderStatus, meanwhile: () => Promise<unknown>) => {
      const repository = app.get(StaleOrdersRepository, { strict: false });
      const find = repository.findStale.bind(repository);
      const spy = jest.spyOn(repository, 'findStale').mockImplementation(async (...asked) => {
        const found = await find(...asked);
        if (asked[0] === state) {
          spy.mockRestore();
          await meanwhile();
        }
        return found;
      });
      return sweep();
    };
    const transition = (id: string, to: OrderStatus) =>
      app.get(ApplyTransitions).execute([{ orderId: id, to, principal: TESTER, requestId: null, reason: null }]);

    it('leaves a pending order alone that another sweep has sent to the queue', async () => {
      const id = await orderIn();
      await age(id, 6);
      expect(await overtakenSweep('pending', sweep)).toMatchObject({ requeued: 0 });
      expect(await orderRow(id)).toMatchObject({ status: 'pending', version: 1 });
      expect(await events(id)).toEqual(['order.placed.v1', 'order.requeued.v1']);
    });

    it('leaves a pending order alone that was taken up', async () => {
      const id = await orderIn();
      await age(id, 6);
      expect(await overtakenSweep('pending', () => transition(id, 'processing'))).toMatchObject({ requeued: 0 });
      expect(await orderRow(id)).toMatchObject({ status: 'processing', version: 2 });
    });

    it('leaves a processing order alone that was put back and taken up again', async () => {
      const id = await orderIn('processing');
      await age(id, 11);
      const again = async () => {
        await transition(id, 'pending');
        await transition(id, 'processing');
      };
      expect(await overtakenSweep('processing', again)).toMatchObject({ putBack: 0, failed: 0 });
      expect(await orderRow(id)).toMatchObject({ status: 'processing', version: 4, put_backs: 1 });
    });
  });

  it('sweeps each order once when two sweeps run at the same moment', async () => {
    const orders = await Promise.all(Array.from({ length: 20 }, () => orderIn('processing')));
    for (const id of orders) await age(id, 11);
    const results = await Promise.all([sweep(), sweep(), sweep()]);
    expect(results.reduce((sum, { putBack }) => sum + putBack, 0)).toBe(20);
    for (const id of orders) expect(await orderRow(id)).toMatchObject({ status: 'pending', put_backs: 1, version: 3 });
  });
});
