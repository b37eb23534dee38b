import { Transactions } from '@app/platform';
import type { DataSource } from 'typeorm';
import { type TestDatabase, testDatabase } from '../../../test/support/database';
import { LocalStockGate } from './local-stock-gate';

const PRODUCTS = 400;

describe('locking stock', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await testDatabase();
    // The rows lie in the table in descending id: whoever reads them as they lie meets whoever reads them by the index.
    await database.query(
      `insert into inventory.stock_levels (product_id, product_name, product_sku, on_hand)
       select id, 'Product ' || id, 'SKU-' || id, 10 from generate_series(${PRODUCTS}, 1, -1) id`,
    );
    await database.query('analyze inventory.stock_levels');
  });
  afterAll(async () => {
    await database?.drop();
  });

  it('takes the rows in ascending product id, whichever way the planner finds them: no deadlock', async () => {
    const ids = Array.from({ length: PRODUCTS }, (_, index) => index + 1);
    const lockAll = async (source: DataSource, planner: string) => {
      const stockGate = new LocalStockGate(source, undefined as never);
      for (let round = 0; round < 15; round++)
        await new Transactions(source).run(async (tx) => {
          await tx.query(`set local ${planner} = off`);
          await tx.query('set local enable_bitmapscan = off');
          await stockGate.lock(tx, ids);
        });
    };
    const sources = await Promise.all([1, 2, 3, 4].map(() => database.open()));
    await Promise.all(
      sources.map((source, index) => lockAll(source, index % 2 ? 'enable_seqscan' : 'enable_indexscan')),
    );
    const [{ deadlocks }] = (await database.query(
      `select deadlocks from pg_stat_database where datname = current_database()`,
    )) as [{ deadlocks: number }];
    expect(deadlocks).toBe(0);
  });
});
