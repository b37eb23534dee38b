import { randomUUID } from 'node:crypto';
import { AcceptBatch, BatchDispatcher, PlacementBatcher } from '@app/orders';
import { UnavailableError } from '@app/platform';
import type { TestingModule } from '@nestjs/testing';
import { contexts } from '../../../../test/support/contexts';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';
import { aPlacement, lines, someProducts } from '../../../../test/support/factories';
import { TESTER } from '../../../../test/support/principals';

describe('a stock row that a foreign session holds', () => {
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

  it.each(['statement', 'transaction'])(
    'keeps the orders for its product waiting, and no others, whatever batch they are in (%s)',
    async (way) => {
      const [first, held, last] = (await someProducts(app, [1000, 1000, 1000])) as [number, number, number];
      const batcher = app.get(PlacementBatcher);
      const place = (product: number, index: number) =>
        batcher.place(
          aPlacement({
            lines: lines([product, 1]),
            ...(way === 'transaction' ? { externalReference: `${product}/${index}` } : {}),
          }),
        );
      await database.query('begin');
      await database.query('select from inventory.stock_levels where product_id = $1 for update', [held]);
      let heldDone = 0;
      const waiting: Promise<unknown>[] = [];
      const going: Promise<{ result: string }>[] = [];
      for (let index = 0; index < 30; index++) {
        waiting.push(place(held, index).then(() => heldDone++));
        going.push(place(first, index), place(last, index));
      }
      // The lock is let go only after all others are placed: this ends only if none of them waits for it.
      const outcomes = await Promise.all(going);
      expect(new Set(outcomes.map(({ result }) => result))).toEqual(new Set(['placed']));
      expect(heldDone).toBe(0);
      await database.query('commit');
      await Promise.all(waiting);
      const levels = await database.query(
        'select reserved from inventory.stock_levels where product_id = any($1) order by product_id',
        [[first, held, last]],
      );
      expect(levels).toEqual([{ reserved: 30 }, { reserved: 30 }, { reserved: 30 }]);
    },
    30_000,
  );

  it.each(['at once', 'stored'])('lets a bulk request (%s) wait for its product with no other locked', async (way) => {
    const [free, held] = (await someProducts(app, [1000, 1000])) as [number, number];
    const requests = Array.from({ length: 20 }, () => aPlacement({ lines: lines([free, 1], [held, 1]) }));
    const batch = {
      batchId: randomUUID(),
      requests,
      errorPolicy: 'reject_failed',
      requestId: 'test',
      principal: TESTER,
    } as const;
    await database.query('begin');
    await database.query('select from inventory.stock_levels where product_id = $1 for update', [held]);
    if (way === 'stored') await app.get(AcceptBatch).execute(batch);
    const waiting =
      way === 'stored'
        ? app.get(BatchDispatcher).placeAccepted(batch.batchId)
        : app.get(BatchDispatcher).place({ ...batch, dryRun: false });
    for (let index = 0; index < 20; index++)
      await app.get(PlacementBatcher).place(aPlacement({ lines: lines([free, 1]) }));
    await database.query('commit');
    await waiting;
    const levels = await database.query(
      'select reserved from inventory.stock_levels where product_id = any($1) order by product_id',
      [[free, held]],
    );
    expect(levels).toEqual([{ reserved: 40 }, { reserved: 20 }]);
  });

  it('answers with what is in the way when the lock is not let go, and places nothing later', async () => {
    const impatient = await contexts({ ...database.config, DB_LOCK_TIMEOUT_MS: 100 });
    try {
      const [held] = (await someProducts(app, [1000])) as [number];
      await database.query('begin');
      await database.query('select from inventory.stock_levels where product_id = $1 for update', [held]);
      const batcher = impatient.get(PlacementBatcher);
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, () => batcher.place(aPlacement({ lines: lines([held, 1]) }))),
      );
      await database.query('commit');
      for (const outcome of outcomes)
        expect(outcome).toMatchObject({
          reason: expect.objectContaining({
            constructor: UnavailableError,
            message: expect.stringContaining(`product ${held} is locked`),
          }),
        });
      await expect(batcher.place(aPlacement({ lines: lines([held, 1]) }))).resolves.toMatchObject({ result: 'placed' });
      const placed = await database.query('select reserved from inventory.stock_levels where product_id = $1', [held]);
      expect(placed).toEqual([{ reserved: 1 }]);
    } finally {
      await impatient.close();
    }
  }, 30_000);

  it('places orders whose id somebody else is writing alone, and their neighbours meanwhile', async () => {
    const [product] = (await someProducts(app, [1000])) as [number];
    const batcher = app.get(PlacementBatcher);
    const taken = aPlacement({ lines: lines([product, 1]), externalReference: 'being written' });
    await database.query('begin');
    await database.query(
      `insert into orders.orders (id, customer_name, priority, total_minor, currency, line_count, external_reference,
                                  changed_by, request_id)
       select gen_random_uuid(), 'A', 2, 100, 'USD', 1, 'being written', 'test', 'test'`,
    );
    const waits = batcher.place(taken);
    const others = Array.from({ length: 20 }, (_, index) =>
      batcher.place(aPlacement({ lines: lines([product, 1]), externalReference: `other ${index}` })),
    );
    expect(new Set((await Promise.all(others)).map(({ result }) => result))).toEqual(new Set(['placed']));
    await database.query('rollback');
    await expect(waits).resolves.toMatchObject({ result: 'placed' });
  }, 30_000);
});
