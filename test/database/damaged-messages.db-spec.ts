import { randomUUID } from 'node:crypto';
import { CleanUpHistory } from '@app/audit';
import {
  CleanUpMessages,
  type EventEnvelope,
  EventFeed,
  EventFeedRepository,
  BeginRate,
  OutboxRepository,
  Relay,
  SubscriptionRegistry,
} from '@app/messaging';
import {
  AcceptBatch,
  type BatchedOrder,
  CleanUpIdempotencyKeys,
  FoldOrderStatistics,
  ApplyTransitions,
  OrderBatchesRepository,
  OrderPlaced,
  PlaceAcceptedBatch,
  PlaceOrders,
  TRACKED_ORDERS,
} from '@app/orders';
import { createLogger, Principal } from '@app/platform';
import { TRACKED_PRODUCTS } from '@app/products';
import type { TestingModule } from '@nestjs/testing';
import { runStageSubscription } from '../../apps/worker/src/orders/run-stage.subscription';
import { MemoryBroker } from '../../libs/messaging/src/transports/memory/memory-broker';
import { MemoryTransport } from '../../libs/messaging/src/transports/memory/memory-transport';
import { contexts } from '../support/contexts';
import { type TestDatabase, testDatabase } from '../support/database';
import { aPlacement, lines, someProducts } from '../support/factories';
import { TESTER } from '../support/principals';

const BEGINNING = { tx: 0n, version: 0, id: '00000000-0000-0000-0000-000000000000' };

/** What somebody may do to an event that waits, outside of the product; `$1` is its id. */
const DAMAGED_EVENTS: [name: string, sql: string][] = [
  ['has a number as its payload', `update messaging.outbox set payload = '42' where id = $1`],
  ['has nothing as its payload', `update messaging.outbox set payload = 'null' where id = $1`],
  ['has the payload of another event', `update messaging.outbox set payload = '{"tick_at":"x"}' where id = $1`],
  ['is of no order that exists', `update messaging.outbox set aggregate_id = gen_random_uuid() where id = $1`],
  ['occurred at no time', `update messaging.outbox set occurred_at = 'infinity' where id = $1`],
  ['occurred before all time', `update messaging.outbox set occurred_at = '-infinity' where id = $1`],
  ['occurred after all time', `update messaging.outbox set occurred_at = '290000-01-01' where id = $1`],
  ['is of a type that nobody knows', `update messaging.outbox set type = 'order.forgotten.v1' where id = $1`],
  [
    'is held by a relay for ever',
    `update messaging.outbox set locked_by = 'nobody', locked_until = 'infinity' where id = $1`,
  ],
  ['was sent in the future', `update messaging.outbox set published_at = 'infinity' where id = $1`],
];

/** The same to the stored orders of a batch; `$1` is the batch, whose chunk of three this is. */
const DAMAGED_CHUNKS: [name: string, value: string][] = [
  ['is a number', `'42'`],
  ['is an object', `'{}'`],
  ['is an empty list', `'[]'`],
  ['is a list of something else', `'[{"orderId": 1}]'`],
];

describe('one damaged row', () => {
  let database: TestDatabase;
  let app: TestingModule;
  let product: number;

  beforeAll(async () => {
    database = await testDatabase({ HISTORY_RETENTION_DAYS: '1' });
    app = await contexts(database.config);
    [product] = (await someProducts(app, [1_000_000])) as [number];
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const place = async (count: number) => {
    const requests = Array.from({ length: count }, () => aPlacement({ lines: lines([product, 1]) }));
    await app.get(PlaceOrders).execute(requests);
    return requests.map(({ orderId }) => orderId);
  };
  /** With triggers and foreign keys off, as outside SQL. */
  const damage = async (sql: string, id: string) => {
    await database.query('begin');
    await database.query('set local session_replication_role = replica');
    await database.query(sql.replaceAll('$1', `'${id}'`));
    await database.query('commit');
  };

  describe.each(DAMAGED_EVENTS)('(an event that %s)', (_, sql) => {
    let good: string[];
    let bad: string;

    beforeEach(async () => {
      await database.query('delete from messaging.outbox');
      const orders = await place(7);
      const events = await database.query<{ id: string; aggregate_id: string }>(
        'select id, aggregate_id from messaging.outbox order by id',
      );
      bad = events.find(({ aggregate_id }) => aggregate_id === orders[3])!.id;
      good = events.filter(({ id }) => id !== bad).map(({ id }) => id);
      await damage(sql, bad);
    });

    it('does not keep a relay from sending the others', async () => {
      const broker = new MemoryBroker();
      const relay = new Relay(
        app.get(OutboxRepository),
        new SubscriptionRegistry([runStageSubscription(database.config)]),
        new MemoryTransport(broker),
        new BeginRate(),
        database.config,
        createLogger(database.config, 'test'),
      );
      while ((await relay.publishBatch()) > 0);
      const sent = broker.held().map(({ data }) => (data as EventEnvelope).id);
      expect(sent).toEqual(expect.arrayContaining(good));
      const waiting = await database.query<{ id: string }>(
        'select id from messaging.outbox where published_at is null',
      );
      expect(waiting.map(({ id }) => id)).not.toEqual(expect.arrayContaining([good[0]]));
    });

    it('does not keep readers of the feed from getting the others', async () => {
      const repository = app.get(EventFeedRepository, { strict: false });
      const feed = new EventFeed(repository, createLogger(database.config, 'test'), {
        types: [OrderPlaced.type],
        toItem: ({ id }) => id,
      });
      const reader = await feed.open(BEGINNING);
      const seen: string[] = [];
      while (seen.length < good.length || !good.every((id) => seen.includes(id)))
        seen.push(...(await reader.next())!.items.map(({ item }) => item));
      await feed.stop();
    });

    it('does not keep a clean-up from removing the others', async () => {
      await damage(
        `update messaging.outbox set published_at = now() - interval '90 days',
                id = ('0170' || substr(id::text, 5))::uuid where id <> $1`,
        bad,
      );
      await app.get(CleanUpMessages).execute();
      const left = await database.query<{ id: string }>('select id from messaging.outbox');
      expect(left.filter(({ id }) => id !== bad)).toEqual([]);
    });
  });

  describe('(of a stored batch)', () => {
    const results = async (orders: readonly BatchedOrder[], harm: (batchId: string) => Promise<unknown>) => {
      const batchId = randomUUID();
      await app
        .get(AcceptBatch)
        .execute({ batchId, requests: orders, errorPolicy: 'reject_failed', requestId: 'test', principal: TESTER });
      await harm(batchId);
      await app.get(PlaceAcceptedBatch, { strict: false }).execute(batchId);
      const batches = app.get(OrderBatchesRepository);
      const rows = await batches.findResults(batchId, { descending: false, limit: 5000 });
      return { batch: await batches.get(batchId), codes: rows.map(({ error }) => error?.code ?? 'placed') };
    };
    const orders = (count: number) => Array.from({ length: count }, () => aPlacement({ lines: lines([product, 1]) }));

    it.each(DAMAGED_CHUNKS)('that %s fails alone: the orders of the other chunks are placed', async (_, value) => {
      const { batch, codes } = await results(orders(2100), (batchId) =>
        damage(
          `update orders.order_batch_chunks set requests = ${value} where batch_id = $1 and first_index = 1000`,
          batchId,
        ),
      );
      expect(batch).toMatchObject({ status: 'partial', successfulOrders: 1100, failedOrders: 1000 });
      expect(codes).toEqual([
        ...Array<string>(1000).fill('placed'),
        ...Array<string>(1000).fill('ORDER_BATCH_UNREADABLE'),
        ...Array<string>(100).fill('placed'),
      ]);
    });

    it.each([
      ['is no order', `'42'`],
      ['misses its lines', `'{"orderId":"x"}'`],
      ['was an invalid order', `'{"invalid":7}'`],
    ])('an order that %s fails alone', async (_, value) => {
      const { batch, codes } = await results(orders(3), (batchId) =>
        damage(
          `update orders.order_batch_chunks set requests = jsonb_set(requests::jsonb, '{1}', ${value})::json where batch_id = $1`,
          batchId,
        ),
      );
      expect(codes).toEqual(['placed', 'ORDER_BATCH_UNREADABLE', 'placed']);
      expect(batch).toMatchObject({ status: 'partial', successfulOrders: 2, failedOrders: 1 });
    });
  });

  it('of the keys does not keep the clean-up from removing the others, nor an order from being placed', async () => {
    await database.query(
      `insert into orders.idempotency_keys (key, fingerprint, order_id, reply, created_at)
       select 'key-' || n, 'f', gen_random_uuid(), '', case n when 3 then 'infinity' when 4 then '-infinity' else now() - interval '90 days' end
         from generate_series(1, 7) n`,
    );
    const keyed = (key: string) =>
      aPlacement({
        principal: Principal.anonymous(),
        lines: lines([product, 1]),
        idempotency: { key, fingerprint: 'other', render: () => 'reply' },
      });
    const outcomes = await app.get(PlaceOrders).execute([keyed('a'), keyed('key-3'), keyed('b')]);
    expect(outcomes.map(({ result }) => result)).toEqual(['placed', 'refused', 'placed']);
    await app.get(CleanUpIdempotencyKeys).execute();
    expect(await database.query(`select key from orders.idempotency_keys where key like 'key-%'`)).toEqual([
      { key: 'key-3' },
    ]);
  });

  it.each([`'42'`, `'null'`, `'{"status":7,"updated_at":"never"}'`])(
    'of the versions (%s) does not keep the clean-up from removing the others',
    async (row) => {
      const ids = await place(3);
      const move = (to: 'cancelled') =>
        app
          .get(ApplyTransitions)
          .execute(ids.map((orderId) => ({ orderId, to, principal: TESTER, requestId: null, reason: null })));
      await move('cancelled');
      await damage(
        `update audit.order_versions set row = case when id = $1 then ${row} else row end, superseded_at = now() - interval '9 days'`,
        ids[1]!,
      );
      await app.get(CleanUpHistory, { strict: false }).execute([TRACKED_ORDERS, TRACKED_PRODUCTS]);
      const left = await database.query(`select id from audit.order_versions where id = any($1::uuid[])`, [
        ids as never,
      ]);
      expect(left).toEqual([]);
    },
  );

  it.each([
    ['total', `update orders.statistics_totals set orders = 9223372036854775807 where status = 'pending'`],
    ['total that is as small as can be', `update orders.statistics_totals set orders = -9223372036854775808`],
    ['minute', `update orders.statistics_minutes set orders = 9223372036854775807`],
    [
      'delta',
      `insert into orders.statistics_deltas (minute, status, orders, total_minor, processing_ms)
       select now(), 'cancelled', 9223372036854775807, 'NaN', 'NaN' from generate_series(1, 3)`,
    ],
  ])('of the statistics, a %s that cannot be added to, does not keep the others from being folded', async (_, sql) => {
    const delivered = async () =>
      (
        await database.query<{ orders: number }>(
          `select orders from orders.statistics_totals where status = 'processing'`,
        )
      )[0]?.orders ?? 0;
    const ids = await place(2);
    await app.get(FoldOrderStatistics).execute();
    const before = await delivered();
    await damage(sql, '');
    const move = (orderId: string) => ({
      orderId,
      to: 'processing' as const,
      principal: TESTER,
      requestId: null,
      reason: null,
    });
    await app.get(ApplyTransitions).execute(ids.map(move));
    await app.get(FoldOrderStatistics).execute();
    expect(await database.query('select 1 from orders.statistics_deltas')).toEqual([]);
    if (!sql.includes('-9223372036854775808')) expect((await delivered()) - before).toBe(2);
    await database.query('delete from orders.statistics_totals');
    await database.query('delete from orders.statistics_minutes');
  });
});
