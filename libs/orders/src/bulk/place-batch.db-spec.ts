import { DomainError } from '@app/platform';
import type { TestingModule } from '@nestjs/testing';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { contexts } from '../../../../test/support/contexts';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';
import { aPlacement, lines, someProducts } from '../../../../test/support/factories';
import { requireInvariants } from '../../../../test/support/invariants';
import { recordStatements } from '../../../../test/support/statements';
import { wholeTables } from '../../../../test/support/whole-tables';
import { TESTER } from '../../../../test/support/principals';
import { PlaceOrders } from '../placement/place-orders';
import { OrderBatchesRepository } from './order-batches.repository';
import { type BatchPlacement, PlaceBatch } from './place-batch';

const RECORD = ['orders.order_batches', 'orders.order_batch_results'];

describe('placing a batch', () => {
  let database: TestDatabase;
  let app: TestingModule;
  let placeBatch: PlaceBatch;

  beforeAll(async () => {
    database = await testDatabase();
    app = await contexts(database.config);
    placeBatch = app.get(PlaceBatch);
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });
  afterEach(async () => {
    await requireInvariants(app.get(DataSource));
  });

  const aBatch = (requests: BatchPlacement['requests'], given: Partial<BatchPlacement> = {}): BatchPlacement => ({
    batchId: randomUUID(),
    requests,
    errorPolicy: 'reject_all',
    dryRun: false,
    requestId: 'test-request',
    principal: TESTER,
    ...given,
  });
  const place = async (requests: BatchPlacement['requests'], given: Partial<BatchPlacement> = {}) => {
    const outcome = await placeBatch.execute(aBatch(requests, given));
    if (outcome.result === 'replayed') throw new Error('replayed');
    return outcome.answer.results.map(({ orderId, error }) => error?.code ?? (orderId ? 'placed' : '?'));
  };
  const rejection = async (requests: BatchPlacement['requests'], given: Partial<BatchPlacement> = {}) => {
    const error = await placeBatch.execute(aBatch(requests, given)).catch((thrown: unknown) => thrown);
    if (!(error instanceof DomainError)) throw new Error('not rejected');
    return error;
  };
  const reserved = async (...products: number[]) =>
    (
      await database.query<{ reserved: number }>(
        `select reserved from inventory.stock_levels where product_id = any($1::bigint[]) order by product_id`,
        [products],
      )
    ).map((level) => level.reserved);

  it('places all orders, each with the id of the batch, and keeps what became of them', async () => {
    const [a, b] = await someProducts(app, [10, 10]);
    const requests = [aPlacement({ lines: lines([a!, 1]) }), aPlacement({ lines: lines([b!, 2], [a!, 3]) })];
    const batchId = randomUUID();
    expect(await place(requests, { batchId })).toEqual(['placed', 'placed']);
    expect(await reserved(a!, b!)).toEqual([4, 2]);
    const carrying = await database.query(`select id from orders.orders where batch_id = $1 order by id`, [batchId]);
    expect(carrying).toEqual(requests.map(({ orderId: id }) => ({ id })).sort((x, y) => (x.id < y.id ? -1 : 1)));
    const batches = app.get(OrderBatchesRepository);
    expect(await batches.get(batchId)).toMatchObject({
      status: 'success',
      errorPolicy: 'reject_all',
      totalOrders: 2,
      successfulOrders: 2,
      failedOrders: 0,
      completedAt: expect.any(Date) as Date,
    });
    expect(await batches.findResults(batchId, { descending: false, limit: 10 })).toEqual(
      requests.map(({ orderId }, index) => ({ index, orderId, error: null })),
    );
  });

  it('reject_all leaves nothing behind but the record when one order is short', async () => {
    const [a, b] = await someProducts(app, [10, 2]);
    const before = await wholeTables(database, RECORD);
    const batchId = randomUUID();
    const error = await rejection(
      [
        aPlacement({ lines: lines([a!, 1]) }),
        aPlacement({ lines: lines([a!, 1], [b!, 3]) }),
        aPlacement({ lines: lines([b!, 1]) }),
      ],
      { batchId },
    );
    expect(error).toMatchObject({
      code: 'ORDER_BATCH_CONFLICT',
      kind: 'conflict',
      members: { batch_id: batchId },
      fields: [{ field: 'orders[1].items[1].quantity', code: 'insufficient_stock' }],
    });
    expect(await wholeTables(database, RECORD)).toEqual(before);
    const batches = app.get(OrderBatchesRepository);
    expect(await batches.get(batchId)).toMatchObject({
      status: 'failed',
      successfulOrders: 0,
      failedOrders: 3,
      failureReason: '1 of 3 orders cannot be placed. Nothing was placed.',
    });
    const results = await batches.findResults(batchId, { descending: false, limit: 10 });
    expect(results.map(({ error }) => error!.code)).toEqual([
      'ORDER_BATCH_REJECTED',
      'INVENTORY_INSUFFICIENT_STOCK',
      'ORDER_BATCH_REJECTED',
    ]);
  });

  it('reject_failed places the others; what is refused takes nothing', async () => {
    const [scarce, plenty] = await someProducts(app, [3, 100]);
    const outcome = await place(
      [
        aPlacement({ lines: lines([plenty!, 5], [scarce!, 4]) }),
        aPlacement({ lines: lines([scarce!, 2]) }),
        aPlacement({ lines: lines([999_999, 1]) }),
        aPlacement({ lines: lines([scarce!, 2]) }),
        aPlacement({ lines: lines([scarce!, 1]) }),
      ],
      { errorPolicy: 'reject_failed' },
    );
    // The fourth is short because the second was placed before it: orders of a batch see each other.
    expect(outcome).toEqual([
      'INVENTORY_INSUFFICIENT_STOCK',
      'placed',
      'ORDER_UNKNOWN_PRODUCT',
      'INVENTORY_INSUFFICIENT_STOCK',
      'placed',
    ]);
    expect(await reserved(scarce!, plenty!)).toEqual([3, 0]);
  });

  it('reject_failed is rejected when nothing is left to place', async () => {
    const [a] = await someProducts(app, [0]);
    const before = await wholeTables(database, RECORD);
    const error = await rejection([aPlacement({ lines: lines([a!, 1]) }), aPlacement({ lines: lines([999_999, 1]) })], {
      errorPolicy: 'reject_failed',
    });
    expect([error.code, error.fields.length]).toEqual(['ORDER_BATCH_INVALID', 2]);
    expect(await wholeTables(database, RECORD)).toEqual(before);
  });

  it('refuses ids and references that exist, in the table and in the batch', async () => {
    const [a] = await someProducts(app, [100]);
    const given = (orderId: string) => aPlacement({ orderId, orderIdGiven: true, lines: lines([a!, 1]) });
    const referring = (externalReference: string) => aPlacement({ externalReference, lines: lines([a!, 1]) });
    const [there, inBatch] = [randomUUID(), randomUUID()];
    await app.get(PlaceOrders).execute([given(there), referring('bulk-1')]);
    expect(
      await place(
        [given(there), given(inBatch), given(inBatch), referring('bulk-1'), referring('bulk-2'), referring('bulk-2')],
        { errorPolicy: 'reject_failed' },
      ),
    ).toEqual(['ORDER_DUPLICATE', 'placed', 'ORDER_DUPLICATE', 'ORDER_DUPLICATE', 'placed', 'ORDER_DUPLICATE']);
    const error = await rejection([referring('bulk-3'), referring('bulk-3')]);
    expect(error).toMatchObject({ kind: 'conflict', fields: [{ field: 'orders[1].external_reference' }] });
    expect(await place([referring('bulk-3')])).toEqual(['placed']);
  });

  it('writes one order when the same reference comes in two batches at the same moment', async () => {
    const [a] = await someProducts(app, [100]);
    const referring = (reference: string) => aPlacement({ externalReference: reference, lines: lines([a!, 1]) });
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () =>
        place([referring('twice'), aPlacement({ lines: lines([a!, 1]) })], { errorPolicy: 'reject_failed' }),
      ),
    );
    expect(outcomes.filter(([first]) => first === 'placed')).toHaveLength(1);
    expect(outcomes.filter(([first]) => first === 'ORDER_DUPLICATE')).toHaveLength(7);
    expect(await reserved(a!)).toEqual([9]);
  });

  it.each(['reject_all', 'reject_failed'] as const)('a dry run of %s writes nothing at all', async (errorPolicy) => {
    const [a] = await someProducts(app, [10]);
    const before = await wholeTables(database);
    const idempotency = { key: `dry-${errorPolicy}`, fingerprint: 'f', render: () => '' };
    const dry = { errorPolicy, dryRun: true, idempotency };
    expect(await place([aPlacement({ lines: lines([a!, 10]) })], dry)).toEqual(['placed']);
    expect((await placeBatch.execute(aBatch([aPlacement({ lines: lines([a!, 1]) })], dry))) as object).toMatchObject({
      answer: { batchId: null },
    });
    const error = await rejection([aPlacement({ lines: lines([a!, 11]) })], dry);
    expect(error.members).toEqual({});
    expect(await wholeTables(database)).toEqual(before);
  });

  it('sends as many statements for 1,000 orders as for 10', async () => {
    const own = await contexts(database.config);
    try {
      const products = await someProducts(own, Array<number>(40).fill(100_000));
      const statements = recordStatements(own.get(DataSource));
      const count = async (size: number) => {
        statements.length = 0;
        const requests = Array.from({ length: size }, (_, index) =>
          aPlacement({
            orderIdGiven: true,
            externalReference: randomUUID(),
            lines: lines([products[index % 40]!, 1], [products[(index + 1) % 40]!, 1]),
          }),
        );
        const idempotency = { key: randomUUID(), fingerprint: 'f', render: () => '{}' };
        await own.get(PlaceBatch).execute(aBatch(requests, { idempotency }));
        return statements.length;
      };
      // Key, earlier ids and references, products, lock, write; the driver's BEGIN and COMMIT besides.
      expect([await count(10), await count(1000)]).toEqual([7, 7]);
    } finally {
      await own.close();
    }
  });

  it('sells exactly what is there beside single buyers, without a deadlock', async () => {
    const products = await someProducts(app, Array<number>(6).fill(150));
    const others = await Promise.all([1, 2].map(() => contexts(database.config)));
    const deadlocks = async () =>
      (
        await database.query<{ deadlocks: number }>(
          `select deadlocks from pg_stat_database where datname = current_database()`,
        )
      )[0]!.deadlocks;
    const before = await deadlocks();
    const order = (seed: number) => {
      const three = [seed, seed + 2, seed + 3].map((index) => products[index % 6]!);
      if (seed % 2) three.reverse();
      return aPlacement({ lines: lines(...three.map((id): [number, number] => [id, 1])) });
    };
    try {
      let placed = 0;
      const bulk = Array.from({ length: 10 }, async (_, batch) => {
        const requests = Array.from({ length: 30 }, (_, index) => order(batch + index));
        const outcome = await others[batch % 2]!.get(PlaceBatch)
          .execute(aBatch(requests, { errorPolicy: batch % 3 ? 'reject_failed' : 'reject_all' }))
          .catch((error: unknown) => {
            if (!(error instanceof DomainError)) throw error;
          });
        if (outcome?.result === 'new') placed += outcome.answer.results.filter(({ error }) => !error).length;
      });
      const singles = Array.from({ length: 120 }, async (_, index) => {
        const [outcome] = await app.get(PlaceOrders).execute([order(index)]);
        if (outcome!.result === 'placed') placed++;
      });
      await Promise.all([...bulk, ...singles]);
      expect(await deadlocks()).toBe(before);
      const levels = await reserved(...products);
      expect(levels.reduce((sum, units) => sum + units, 0)).toBe(3 * placed);
      expect(Math.max(...levels)).toBe(150);
    } finally {
      await Promise.all(others.map((other) => other.close()));
    }
  }, 60_000);

  describe('with an idempotency key', () => {
    const keyed = (key: string, fingerprint: string, product: number, batchId = randomUUID()) =>
      aBatch([aPlacement({ lines: lines([product, 1]) })], {
        batchId,
        idempotency: { key, fingerprint, render: ({ batchId: id }) => `reply for ${id}` },
      });
    const codeOf = (error: unknown) => (error instanceof DomainError ? error.code : String(error));

    it('answers a repetition with the stored reply and refuses another body', async () => {
      const [a] = await someProducts(app, [10]);
      const batchId = randomUUID();
      expect(await placeBatch.execute(keyed('bulk-key-1', 'body', a!, batchId))).toMatchObject({
        result: 'new',
        reply: `reply for ${batchId}`,
      });
      expect(await placeBatch.execute(keyed('bulk-key-1', 'body', a!))).toEqual({
        result: 'replayed',
        batchId,
        reply: `reply for ${batchId}`,
      });
      await expect(placeBatch.execute(keyed('bulk-key-1', 'other', a!))).rejects.toMatchObject({ kind: 'key_reused' });
      const [single] = await app.get(PlaceOrders).execute([
        aPlacement({
          lines: lines([a!, 1]),
          idempotency: { key: 'bulk-key-1', fingerprint: 'one', render: () => '' },
        }),
      ]);
      expect(single).toMatchObject({ result: 'refused', error: { code: 'IDEMPOTENCY_KEY_REUSED' } });
      expect(await reserved(a!)).toEqual([1]);
    });

    it('writes one batch for 20 simultaneous requests', async () => {
      const [a] = await someProducts(app, [100]);
      const seen = await Promise.all(
        Array.from({ length: 20 }, () =>
          placeBatch.execute(keyed('bulk-key-2', 'body', a!)).then(({ result }) => result, codeOf),
        ),
      );
      expect(seen.filter((result) => result === 'new')).toHaveLength(1);
      expect(seen.every((result) => ['new', 'replayed', 'IDEMPOTENCY_KEY_IN_USE'].includes(result))).toBe(true);
      expect(await reserved(a!)).toEqual([1]);
    });

    it('forgets the key of a rejected request: it can succeed later', async () => {
      const [a] = await someProducts(app, [0]);
      await expect(placeBatch.execute(keyed('bulk-key-3', 'body', a!))).rejects.toMatchObject({ kind: 'conflict' });
      expect(await database.query(`select 1 from orders.idempotency_keys where key = 'bulk-key-3'`)).toEqual([]);
    });
  });
});
