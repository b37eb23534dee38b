import { DomainError, Principal, Transactions, UnavailableError } from '@app/platform';
import type { TestingModule } from '@nestjs/testing';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { contexts } from '../../../../test/support/contexts';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';
import { aPlacement, lines, someProducts } from '../../../../test/support/factories';
import { requireInvariants } from '../../../../test/support/invariants';
import { until } from '../../../../test/support/processes';
import { wholeTables } from '../../../../test/support/whole-tables';
import type { PlacementRequest } from '../placement/placement';
import { PlacementBatcher } from '../placement/placement-batcher';
import { AcceptBatch } from './accept-batch';
import { type BatchedOrder, InvalidOrder } from './batched-order';
import type { ErrorPolicy } from './order-batch';
import { OrderBatchesRepository } from './order-batches.repository';
import { PlaceAcceptedBatch } from './place-accepted-batch';
import { PlaceChunk } from './place-chunk';
import { SweepStaleBatches } from './sweep-stale-batches';

const OF_BATCHES = ['orders.order_batches', 'orders.order_batch_results', 'orders.order_batch_chunks'];

describe('an accepted batch', () => {
  let database: TestDatabase;
  let app: TestingModule;
  let product: number;

  beforeAll(async () => {
    database = await testDatabase();
    app = await contexts(database.config);
  });
  beforeEach(async () => {
    [product] = (await someProducts(app, [1_000_000])) as [number];
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });
  afterEach(async () => {
    await requireInvariants(app.get(DataSource));
    // There is no relay here, and an event that waits for a minute is a breach.
    await database.query('update messaging.outbox set published_at = now() where published_at is null');
  });

  const orders = (count: number, given: (index: number) => Partial<PlacementRequest> = () => ({})) =>
    Array.from({ length: count }, (_, index) => aPlacement({ lines: lines([product, 1]), ...given(index) }));
  const sender = Principal.user({ id: 'ada@example.com', name: 'Ada', permissions: new Set(['orders.place']) });
  const accept = async (requests: BatchedOrder[], errorPolicy: ErrorPolicy) => {
    const batchId = randomUUID();
    const outcome = await app
      .get(AcceptBatch)
      .execute({ batchId, requests, errorPolicy, requestId: 'bulk-request', principal: sender });
    expect(outcome).toMatchObject({ result: 'new', answer: { id: batchId, status: 'pending' } });
    return batchId;
  };
  const work = (batchId: string, on = app) => on.get(PlaceAcceptedBatch).execute(batchId);
  const read = (batchId: string) => app.get(OrderBatchesRepository).get(batchId);
  const chunks = async (batchId: string) =>
    (
      await database.query<{ first: number }>(
        `select first_index as first from orders.order_batch_chunks where batch_id = $1 order by 1`,
        [batchId],
      )
    ).map(({ first }) => first);
  const placedOf = async (batchId: string) =>
    (await database.query<{ count: number }>(`select count(*) from orders.orders where batch_id = $1`, [batchId]))[0]!
      .count;

  it('is stored with its orders in chunks and its event, and touches no stock', async () => {
    const batchId = await accept(orders(2001), 'reject_failed');
    expect(await chunks(batchId)).toEqual([0, 1000, 2000]);
    expect(await placedOf(batchId)).toBe(0);
    expect(
      await database.query(`select type, correlation_id, payload from messaging.outbox where aggregate_id = $1`, [
        batchId,
      ]),
    ).toEqual([
      {
        type: 'order_batch.accepted.v1',
        correlation_id: 'bulk-request',
        payload: { batch_id: batchId, total_orders: 2001 },
      },
    ]);
    await work(batchId);
  });

  it('shows its progress after each chunk', async () => {
    const batchId = await accept(
      orders(2500, (index) => (index === 1200 ? { lines: lines([999_999, 1]) } : {})),
      'reject_failed',
    );
    const placeChunk = app.get(PlaceChunk, { strict: false });
    expect(await placeChunk.execute(batchId)).toBeUndefined();
    await app.get(Transactions).run((tx) => app.get(OrderBatchesRepository).begin(tx, batchId));
    const seen = [];
    for (let chunk = 0; chunk < 3; chunk++) {
      await placeChunk.execute(batchId);
      const { status, successfulOrders, failedOrders } = await read(batchId);
      seen.push([status, successfulOrders, failedOrders, await placedOf(batchId), (await chunks(batchId)).length]);
    }
    expect(seen).toEqual([
      ['processing', 1000, 0, 1000, 2],
      ['processing', 1999, 1, 1999, 1],
      ['partial', 2499, 1, 2499, 0],
    ]);
    expect(await placeChunk.execute(batchId)).toBeUndefined();
    const results = await app
      .get(OrderBatchesRepository)
      .findResults(batchId, { after: 1199, descending: false, limit: 2 });
    expect(results).toMatchObject([
      { index: 1200, error: { errors: [{ field: 'orders[1200].items[0].product_id' }] } },
      { index: 1201, error: null },
    ]);
  });

  describe('that is placed as a whole', () => {
    /** Works on the batch, and does something else while its orders are being written. */
    const workBeside = async (batchId: string, beside: () => Promise<unknown>) => {
      await database.query('begin');
      await database.query('lock table orders.order_batch_results in share mode');
      const working = work(batchId);
      await until(
        async () =>
          (
            await database.query(
              `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
            )
          ).length > 0,
      );
      await beside();
      await database.query('commit');
      await working;
    };
    const placeOne = () => app.get(PlacementBatcher).place(aPlacement({ lines: lines([product, 1]) }));

    it('keeps nobody waiting for stock while its orders are written', async () => {
      const batchId = await accept(orders(1500), 'reject_all');
      // The table is let go only after the other order is placed: this ends only if it does not wait for the batch.
      await workBeside(batchId, async () => expect(await placeOne()).toMatchObject({ result: 'placed' }));
      expect([(await read(batchId)).status, await placedOf(batchId)]).toEqual(['success', 1500]);
    });

    it('leaves nothing when its stock is reserved between its plan and its lock', async () => {
      [product] = (await someProducts(app, [1500])) as [number];
      const batchId = await accept(orders(1500), 'reject_all');
      await workBeside(batchId, placeOne);
      expect([(await read(batchId)).status, await placedOf(batchId)]).toEqual(['failed', 0]);
    });
  });

  it.each(['reject_failed', 'reject_all'] as const)(
    'of %s is placed once, however often and by however many workers it is taken up',
    async (policy) => {
      const others = await Promise.all([1, 2].map(() => contexts(database.config)));
      try {
        const requests = orders(2200);
        const batchId = await accept(requests, policy);
        await Promise.all([...others, app].map((each) => work(batchId, each)));
        await work(batchId);
        expect(await read(batchId)).toMatchObject({ status: 'success', successfulOrders: 2200, failureReason: null });
        expect(await placedOf(batchId)).toBe(2200);
        expect((await read(batchId)).createdBy).toBe('user:ada%40example.com');
        const written = await database.query<{ changed_by: string; request_id: string; ids: string[] }>(
          `select changed_by, request_id, array_agg(id) as ids from orders.orders where batch_id = $1 group by 1, 2`,
          [batchId],
        );
        expect(written).toMatchObject([{ changed_by: 'user:ada%40example.com', request_id: 'bulk-request' }]);
        expect(new Set(written[0]!.ids)).toEqual(new Set(requests.map(({ orderId }) => orderId)));
      } finally {
        await Promise.all(others.map((each) => each.close()));
      }
    },
  );

  it('of reject_all leaves nothing behind but its record when an order of the last chunk is short', async () => {
    const [scarce] = await someProducts(app, [2]);
    const batchId = await accept(
      orders(2100, (index) => ([3, 1500, 2099].includes(index) ? { lines: lines([product, 1], [scarce!, 1]) } : {})),
      'reject_all',
    );
    const before = await wholeTables(database, OF_BATCHES);
    await work(batchId);
    expect(await wholeTables(database, OF_BATCHES)).toEqual(before);
    expect(await chunks(batchId)).toEqual([]);
    expect(await read(batchId)).toMatchObject({
      status: 'failed',
      successfulOrders: 0,
      failedOrders: 2100,
      failureReason: '1 of 2100 orders cannot be placed. Nothing was placed.',
    });
    const results = await app
      .get(OrderBatchesRepository)
      .findResults(batchId, { after: 2097, descending: false, limit: 9 });
    expect(results.map(({ error }) => error!.code)).toEqual(['ORDER_BATCH_REJECTED', 'INVENTORY_INSUFFICIENT_STOCK']);
  });

  it('keeps an order that was invalid when it came in its place, and places the others', async () => {
    const wrong = new InvalidOrder('The order is not valid.', [
      { field: 'items', code: 'too_small', message: 'None.' },
    ]);
    const requests = orders(1300);
    const invalid = [0, 700, 999, 1000, 1299];
    const batchId = await accept(
      requests.map((request, index) => (invalid.includes(index) ? wrong : request)),
      'reject_failed',
    );
    await work(batchId);
    expect(await read(batchId)).toMatchObject({ status: 'partial', successfulOrders: 1295, failedOrders: 5 });
    const results = await app.get(OrderBatchesRepository).findResults(batchId, { descending: false, limit: 2000 });
    expect(results).toEqual(
      requests.map(({ orderId }, index) =>
        invalid.includes(index)
          ? {
              index,
              orderId: null,
              error: {
                code: 'VALIDATION_FAILED',
                message: 'The order is not valid.',
                errors: [{ field: `orders[${index}].items`, code: 'too_small', message: 'None.' }],
              },
            }
          : { index, orderId, error: null },
      ),
    );
    const nothing = await accept([wrong, wrong], 'reject_failed');
    await work(nothing);
    expect(await read(nothing)).toMatchObject({ status: 'failed', failedOrders: 2 });
  });

  it('of reject_failed has failed when none of its orders can be placed', async () => {
    const batchId = await accept(
      orders(3, () => ({ lines: lines([999_999, 1]) })),
      'reject_failed',
    );
    await work(batchId);
    expect(await read(batchId)).toMatchObject({ status: 'failed', failedOrders: 3 });
  });

  it('fails the orders of a chunk that cannot be read, and no others', async () => {
    const batchId = await accept(orders(2001), 'reject_failed');
    await database.query(
      `update orders.order_batch_chunks set requests = '[{"orderId": 1}]' where batch_id = $1 and first_index = 1000`,
      [batchId],
    );
    await work(batchId);
    expect(await read(batchId)).toMatchObject({ status: 'partial', successfulOrders: 1001, failedOrders: 1000 });
    expect(await placedOf(batchId)).toBe(1001);
    await work(batchId);
    expect(await placedOf(batchId)).toBe(1001);
  });

  it.each([
    ['first', 0, 1001],
    ['middle', 1000, 1001],
    ['last', 2000, 2000],
  ])('fails the orders of a %s chunk that is gone, and no others', async (_, firstIndex, left) => {
    const batchId = await accept(orders(2001), 'reject_failed');
    await database.query(`delete from orders.order_batch_chunks where batch_id = $1 and first_index = $2`, [
      batchId,
      firstIndex as never,
    ]);
    await work(batchId);
    expect(await read(batchId)).toMatchObject({ status: 'partial', successfulOrders: left, failedOrders: 2001 - left });
  });

  it('of reject_all ends as failed with a reason when a stored order cannot be read', async () => {
    const batchId = await accept(orders(3), 'reject_all');
    await database.query(
      `update orders.order_batch_chunks set requests = jsonb_set(requests::jsonb, '{1}', '{"orderId": 1}')::json where batch_id = $1`,
      [batchId],
    );
    await expect(work(batchId)).rejects.toMatchObject({ code: 'ORDER_BATCH_UNREADABLE', kind: 'invalid' });
    expect(await read(batchId)).toMatchObject({
      status: 'failed',
      failedOrders: 3,
      failureReason: 'What was stored of order 1 of the batch cannot be read.',
    });
    expect(await placedOf(batchId)).toBe(0);
  });

  it('of reject_all ends as failed when a chunk is gone', async () => {
    const batchId = await accept(orders(2001), 'reject_all');
    await database.query(`delete from orders.order_batch_chunks where batch_id = $1 and first_index = 1000`, [batchId]);
    await expect(work(batchId)).rejects.toMatchObject({ kind: 'invalid' });
    expect(await read(batchId)).toMatchObject({ status: 'failed', successfulOrders: 0, failedOrders: 2001 });
  });

  it.each(['reject_failed', 'reject_all'] as const)(
    'of %s ends as failed after 8 attempts that got nowhere, whatever the queue remembers',
    async (policy) => {
      const batchId = await accept(orders(3), policy);
      // Passes every check of the code and is refused by the database: what a mistake in the code would look like.
      await database.query(
        `update orders.order_batch_chunks set requests = replace(requests::text, '"quantity":1', '"quantity":5000')::json where batch_id = $1`,
        [batchId],
      );
      for (let attempt = 1; attempt <= 8; attempt++) {
        expect(await read(batchId)).toMatchObject({ failureReason: null });
        await expect(work(batchId)).rejects.not.toBeInstanceOf(DomainError);
      }
      expect(await read(batchId)).toMatchObject({ status: 'failed', failedOrders: 3 });
      await work(batchId);
    },
  );

  it('goes on with another worker when its own stops, and that is no attempt', async () => {
    const stopping = await contexts(database.config);
    const batchId = await accept(orders(1500), 'reject_failed');
    stopping.get(PlaceAcceptedBatch).onModuleDestroy();
    for (let attempt = 0; attempt < 12; attempt++)
      await expect(work(batchId, stopping)).rejects.toBeInstanceOf(UnavailableError);
    expect(await read(batchId)).toMatchObject({ status: 'processing', successfulOrders: 0 });
    await work(batchId);
    expect(await read(batchId)).toMatchObject({ status: 'success' });
    await stopping.close();
  });

  it('waits for a worker that has it, without failing', async () => {
    const batchId = await accept(orders(10), 'reject_all');
    let working: Promise<void> | undefined;
    await app.get(Transactions).run(async (tx) => {
      await tx.query(`select 1 from orders.order_batches where id = $1 for update`, [batchId]);
      working = work(batchId);
    });
    await working;
    expect(await read(batchId)).toMatchObject({ status: 'success' });
  });

  it('is sent to the queue again when it did not get any further for too long, and once only', async () => {
    const [lost, fresh] = [await accept(orders(2), 'reject_all'), await accept(orders(2), 'reject_all')];
    await database.query(`update orders.order_batches set progressed_at = now() - interval '6 minutes' where id = $1`, [
      lost,
    ]);
    const sweep = app.get(SweepStaleBatches);
    expect([await sweep.execute(), await sweep.execute()]).toEqual([1, 0]);
    expect(
      await database.query(
        `select aggregate_id, payload from messaging.outbox where type = 'order_batch.requeued.v1' and aggregate_id = any($1::uuid[])`,
        [[lost, fresh]],
      ),
    ).toEqual([{ aggregate_id: lost, payload: { batch_id: lost, total_orders: 2 } }]);
    // When the queue was emptied there is no need to wait, and no bound on how many.
    await database.query(
      `insert into orders.order_batches (id, status, error_policy, total_orders, created_by, request_id)
       select gen_random_uuid(), 'pending', 'reject_all', 1, 'crowd', 'crowd' from generate_series(1, 250)`,
    );
    expect(await sweep.execute({ afterMinutes: 0, stepsMax: Infinity })).toBe(252);
    await database.query(`delete from orders.order_batches where created_by = 'crowd'`);
    expect(await sweep.execute({ afterMinutes: 0 })).toBe(2);
    await Promise.all([work(lost), work(fresh)]);
    await database.query(`update orders.order_batches set progressed_at = now() - interval '6 minutes'`);
    expect(await sweep.execute()).toBe(0);
  });
});
