import { randomUUID } from 'node:crypto';
import { CleanUpHistory } from '@app/audit';
import { CompareReservations } from '@app/inventory';
import { CleanUpMessages, DeadLettersRepository, OutboxRepository } from '@app/messaging';
import {
  AcceptBatch,
  BatchDispatcher,
  CancelOrder,
  CleanUpIdempotencyKeys,
  FoldOrderStatistics,
  FULFILLMENT_SUBSCRIPTION,
  ApplyTransitions,
  OrderBatchesRepository,
  OrderInconsistentError,
  OrderShipped,
  type OrderStatus,
  PlaceAcceptedBatch,
  PlaceOrders,
  ReservationMismatchError,
  SweepStaleBatches,
  SweepStaleOrders,
  TRACKED_ORDERS,
} from '@app/orders';
import { DomainError, Principal, registry } from '@app/platform';
import { TRACKED_PRODUCTS } from '@app/products';
import type { TestingModule } from '@nestjs/testing';
import { contexts } from '../support/contexts';
import { type TestDatabase, testDatabase } from '../support/database';
import { aPlacement, lines, someProducts } from '../support/factories';
import { nothingQueued } from '../support/stale';
import { TESTER } from '../support/principals';

/** What somebody may do to the tables outside of the product, and `verify` would name; `$1` is a product, `$2` an order of it. */
const DAMAGE: [name: string, sql: string][] = [
  ['nothing is reserved any more', `update inventory.stock_levels set reserved = 0 where product_id = $1`],
  ['nothing is on hand any more', `update inventory.stock_levels set on_hand = 0, reserved = 0 where product_id = $1`],
  ['the stock level is gone', `delete from inventory.stock_levels where product_id = $1`],
  ['the product is gone', `delete from products.products where id = $1`],
  ['a reservation is gone', `delete from inventory.reservations where order_id = $2`],
  ['a reservation grew', `update inventory.reservations set quantity = 900 where order_id = $2`],
  ['a reservation was resolved', `update inventory.reservations set state = 'released' where order_id = $2`],
  ['a movement is gone', `delete from inventory.stock_movements where product_id = $1 and order_id = $2`],
  [
    'the kept sum of the ledger is wrong',
    `insert into inventory.ledger_sums (product_id, movement_id, on_hand, reserved, fulfilled)
     select $1, max(id), 7, 7, 7 from inventory.stock_movements where product_id = $1
     on conflict (product_id) do update set on_hand = 7`,
  ],
  [
    'an alert is wrong',
    `insert into inventory.stock_alerts (product_id, kind) values ($1, 'out')
     on conflict (product_id) do update set kind = 'out'`,
  ],
  ['the lines are gone', `delete from orders.order_lines where order_id = $2`],
  ['the number of lines is wrong', `update orders.orders set line_count = 9 where id = $2`],
  [
    'the next version is kept already',
    `insert into audit.order_versions
     select (jsonb_populate_record(null::audit.order_versions, to_jsonb(v) || jsonb_build_object('version', o.version))).*
       from orders.orders o, lateral (select * from audit.order_versions where id = o.id limit 1) v where o.id = $2`,
  ],
  ['the time of its start is gone', `update orders.orders set processing_started_at = null where id = $2`],
  ['its search words are gone', `delete from orders.order_search where order_id = $2`],
  ['the totals of the statistics are wrong', `update orders.statistics_totals set orders = -5, processing_ms = -5`],
];

describe('one damaged row', () => {
  let database: TestDatabase;
  let app: TestingModule;

  beforeAll(async () => {
    database = await testDatabase({ STALE_PUT_BACKS_MAX: '1' });
    app = await contexts(database.config);
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const anOrder = async (product: number, ...way: OrderStatus[]) => {
    const [outcome] = await app.get(PlaceOrders).execute([aPlacement({ lines: lines([product, 2]) })]);
    if (outcome?.result !== 'placed') throw new Error('not placed');
    const { id } = outcome.placed.order;
    for (const to of way) await move([id], to);
    return id;
  };
  const move = (ids: string[], to: OrderStatus) =>
    app.get(ApplyTransitions).execute(
      ids.map((orderId) => ({
        orderId,
        to,
        principal: TESTER,
        requestId: null,
        reason: to === 'failed' ? 'x' : null,
      })),
    );
  /** As outside SQL with the triggers off; CHECKs that would refuse it are looked at again by later writes only. */
  const damage = async (sql: string, product: number, order: string) => {
    const constraint = sql.includes('processing_started_at = null') ? 'orders_started_has_time' : undefined;
    const text = sql.replaceAll('$1', String(product)).replaceAll('$2', `'${order}'`);
    await database.query('begin');
    await database.query(`set local session_replication_role = replica`);
    if (constraint) await database.query(`alter table orders.orders drop constraint ${constraint}`);
    await database.query(text);
    if (constraint)
      await database.query(`alter table orders.orders add constraint ${constraint}
        check (status not in ('processing', 'shipped', 'delivered') or processing_started_at is not null) not valid`);
    await database.query('commit');
  };
  /** Three good orders, one that meets the damage, three good ones; all of them stale. */
  const aMixedBatch = async (sql: string) => {
    const [good, bad] = (await someProducts(app, [1000, 1000])) as [number, number];
    const goodIds: string[] = [];
    for (let index = 0; index < 6; index++) goodIds.push(await anOrder(good, 'processing'));
    const badId = await anOrder(bad, 'processing');
    await age([...goodIds, badId]);
    await damage(sql, bad, badId);
    return { good, bad, goodIds, badId, ids: [...goodIds.slice(0, 3), badId, ...goodIds.slice(3)] };
  };
  const age = async (ids: string[]) => {
    await database.query('begin');
    await database.query(`set local session_replication_role = replica`);
    await database.query(
      `update orders.orders set status_since = status_since - interval '1 day', put_backs = 1 where id = any($1::uuid[])`,
      [ids],
    );
    await database.query('update messaging.outbox set published_at = now() where published_at is null');
    await database.query('commit');
  };
  const statuses = async (ids: string[]) =>
    (
      await database.query<{ status: string }>(`select distinct status from orders.orders where id = any($1::uuid[])`, [
        ids,
      ])
    ).map(({ status }) => status);
  const isTyped = (error: unknown) =>
    error instanceof ReservationMismatchError || error instanceof OrderInconsistentError;

  describe.each(DAMAGE)('(%s)', (_, sql) => {
    it.each<OrderStatus>(['shipped', 'cancelled', 'failed'])(
      'lets the good orders of a batch be %s, and names the order and its product otherwise',
      async (to) => {
        const { goodIds, badId, ids } = await aMixedBatch(sql);
        const outcomes = await move(ids, to);
        expect(await statuses(goodIds)).toEqual([to]);
        const outcome = outcomes[3]!;
        if (outcome.result !== 'refused') return;
        expect(isTyped(outcome.error)).toBe(true);
        expect(outcome.error.message).toContain(badId);
        expect(await statuses([badId])).toEqual(['processing']);
      },
    );

    it('lets a sweep end the good orders', async () => {
      const { goodIds } = await aMixedBatch(sql);
      await app.get(SweepStaleOrders).execute({ principal: TESTER, requestId: 'test' }, nothingQueued);
      expect(await statuses(goodIds)).toEqual(['failed']);
    });

    it('lets a bulk request place its good orders, and the folds and comparisons run', async () => {
      const { good, bad } = await aMixedBatch(sql);
      const requests = [good, bad, good].map((product) =>
        aPlacement({ orderId: randomUUID(), lines: lines([product, 1]) }),
      );
      const answer = await app.get(BatchDispatcher).place({
        batchId: randomUUID(),
        errorPolicy: 'reject_failed',
        requests,
        principal: TESTER,
        requestId: 'test',
        dryRun: false,
      });
      if (answer.result !== 'new') throw new Error('not new');
      expect([0, 2].map((index) => answer.answer.results[index]!.error)).toEqual([null, null]);
      await app.get(FoldOrderStatistics).execute();
      await app.get(CompareReservations).execute();
    });

    it('lets a stored batch place its good orders, a relay take the events of others, and the clean-ups run', async () => {
      const { good, bad, goodIds } = await aMixedBatch(sql);
      const batchId = randomUUID();
      const requests = [good, bad, good].map((product) => aPlacement({ lines: lines([product, 1]) }));
      await app
        .get(AcceptBatch)
        .execute({ batchId, requests, errorPolicy: 'reject_failed', requestId: 'test', principal: TESTER });
      await app.get(PlaceAcceptedBatch, { strict: false }).execute(batchId);
      const results = await app.get(OrderBatchesRepository).findResults(batchId, { descending: false, limit: 3 });
      expect([0, 2].map((index) => results[index]!.error)).toEqual([null, null]);
      await move(goodIds, 'shipped');
      const claimed = await app.get(OutboxRepository).claimUnpublished('test', 60_000, 1000, [OrderShipped.type]);
      expect(claimed.map((event) => event.aggregate_id)).toEqual(expect.arrayContaining(goodIds));
      await app.get(CleanUpHistory, { strict: false }).execute([TRACKED_ORDERS, TRACKED_PRODUCTS]);
      await app.get(CleanUpMessages).execute();
      await app.get(CleanUpIdempotencyKeys).execute();
      await app.get(SweepStaleBatches).execute();
    });
  });

  it('makes a cancel fail with the code, the order and the product, and counts it', async () => {
    const { bad, badId } = await aMixedBatch(DAMAGE[0]![1]);
    const cancelled = app
      .get(CancelOrder)
      .execute({ orderId: badId, reason: null, principal: Principal.anonymous(), requestId: 'test' });
    await expect(cancelled).rejects.toThrow(
      expect.objectContaining({ code: 'INVENTORY_RESERVATION_MISMATCH', kind: 'conflict' }) as DomainError,
    );
    await expect(cancelled).rejects.toThrow(new RegExp(`Order ${badId} and the stock of product ${bad} `));
    expect(await registry.getSingleMetricAsString('orders_inconsistent_total')).toMatch(
      /code="INVENTORY_RESERVATION_MISMATCH"\} [1-9]/,
    );
  });

  it('leaves one dead letter per order, however often a sweep meets it', async () => {
    const { badId } = await aMixedBatch(DAMAGE[0]![1]);
    for (let sweep = 0; sweep < 2; sweep++)
      await app.get(SweepStaleOrders).execute({ principal: TESTER, requestId: 'test' }, nothingQueued);
    const [letters] = await database.query<{ count: number; codes: string[] }>(
      `select count(*) as count, array_agg(code) as codes from messaging.dead_letters where envelope ->> 'aggregate_id' = $1`,
      [badId],
    );
    expect(letters).toEqual({ count: 1, codes: ['INVENTORY_RESERVATION_MISMATCH'] });
    expect((await app.get(DeadLettersRepository).findBlocked([badId], FULFILLMENT_SUBSCRIPTION)).size).toBe(1);
  });
});
