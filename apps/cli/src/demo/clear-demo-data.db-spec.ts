import { CreateStockedProducts } from '@app/inventory';
import { HeartbeatsRepository } from '@app/messaging';
import { ApplyTransitions, CompleteStage, PlaceOrders } from '@app/orders';
import { Transactions } from '@app/platform';
import { findTakenSkus } from '@app/products';
import type { INestApplicationContext } from '@nestjs/common';
import { CONTEXT_SCHEMAS } from '../../../../test/support/context-schemas';
import { contexts } from '../../../../test/support/contexts';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';
import { aPlacement, lines } from '../../../../test/support/factories';
import { TESTER } from '../../../../test/support/principals';
import { verifyInvariants } from '../../../../test/support/invariants';
import { addDemoProducts } from './add-demo-products';
import { clearDemoData, countLiveWorkers } from './clear-demo-data';

describe('demo data', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;

  beforeAll(async () => {
    database = await testDatabase();
    app = await contexts(database.config);
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const seed = (count: number) =>
    addDemoProducts(
      count,
      {
        findTaken: (skus) => app.get(Transactions).run((tx) => findTakenSkus(tx, skus)),
        add: (batch) => app.get(CreateStockedProducts, { strict: false }).execute(batch, { principal: TESTER }),
      },
      () => undefined,
      new AbortController().signal,
    );
  const rowCounts = () =>
    database.query<{ table: string; count: number }>(
      `select format('%I.%I', schemaname, relname) as "table",
              (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I.%I', schemaname, relname), true, true, '')))[1]::text::int as count
         from pg_stat_user_tables
        where schemaname in ${CONTEXT_SCHEMAS}
          and relname not in ('migrations', 'feed_floor') order by 1`,
    );
  const place = async () => {
    const placement = aPlacement({
      lines: lines([1, 2], [3, 1]),
      idempotency: { key: 'k', fingerprint: 'f', render: () => '{}' },
    });
    await app.get(PlaceOrders, { strict: false }).execute([placement]);
    return placement.orderId;
  };

  it('begins with the products 1, 2 and 3, with plenty of each', async () => {
    const { ids } = await seed(600);
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([600, 1, 600]);
    const plenty = await database.query<{ count: number }>(
      'select count(*) from inventory.stock_levels where product_id <= 3 and on_hand >= 10000',
    );
    expect(plenty).toEqual([{ count: 3 }]);
  });

  it('leaves nothing behind when it is cleared, and begins with 1 again', async () => {
    const orderId = await place();
    await app
      .get(ApplyTransitions, { strict: false })
      .execute([{ orderId, to: 'processing', principal: TESTER, requestId: null, reason: null }]);
    await clearDemoData(app);
    expect((await rowCounts()).filter(({ count }) => count > 0)).toEqual([]);
    expect((await seed(3)).ids).toEqual([1, 2, 3]);
    await place();
    expect((await verifyInvariants(await database.open())).filter(({ holds }) => !holds)).toEqual([]);
  });

  it('leaves jobs of removed orders nothing to do', async () => {
    const orderId = await place();
    await clearDemoData(app);
    const run = { stage: 'processing' as const, orderId, principal: TESTER, requestId: 'test-request', priority: 2 };
    expect(await app.get(CompleteStage, { strict: false }).execute(run)).toEqual({
      result: 'not_moved',
      status: undefined,
    });
    expect((await rowCounts()).filter(({ count }) => count > 0)).toEqual([]);
  });

  it('still protects the ledger from everybody else', async () => {
    await expect(database.query('truncate inventory.stock_movements')).rejects.toThrow('append-only');
  });

  it('counts the workers that are alive', async () => {
    const heartbeats = app.get(HeartbeatsRepository, { strict: false });
    await heartbeats.beat('worker', 'alive', {});
    await heartbeats.beat('worker', 'dead', {});
    await heartbeats.beat('scheduler', 'alive', {});
    await database.query(
      `update messaging.heartbeats set beat_at = now() - interval '1 minute' where instance = 'dead'`,
    );
    expect(await countLiveWorkers(app)).toBe(1);
  });
});
