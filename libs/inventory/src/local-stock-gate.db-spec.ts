import { StockGate, type StockRequest } from '@app/inventory';
import { CombinedWrite, Transactions, type Tx } from '@app/platform';
import type { TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { contexts } from '../../../test/support/contexts';
import { type TestDatabase, testDatabase } from '../../../test/support/database';
import { someProducts } from '../../../test/support/factories';
import { type AskedStockGate, describeStockGate, wanting } from '../../../test/support/stock-gate-conformance';
import { LocalStockGate } from './local-stock-gate';

const PRODUCTS = 400;

function lockedBy(
  app: TestingModule,
  lock: (gate: StockGate, tx: Tx<'inventory'>, productIds: number[]) => ReturnType<StockGate['lock']>,
): AskedStockGate {
  const gate = app.get(StockGate, { strict: false });
  const transactions = app.get(Transactions);
  const resolve = (verb: 'fulfill' | 'release'): AskedStockGate['fulfill'] => {
    return (orders) =>
      transactions.run(async (tx) => {
        const orderIds = orders.map(({ orderId }) => orderId);
        const stock = await gate.lockReservedBy(tx, orderIds);
        const outcomes = stock[verb](orders);
        const write = new CombinedWrite();
        stock.writeTo(write);
        await write.execute(tx);
        return outcomes;
      });
  };
  return {
    reserve: (orders) =>
      transactions.run(async (tx) => {
        const stock = await lock(gate, tx, productsOf(orders));
        const outcomes = stock.reserve(orders);
        const write = new CombinedWrite();
        stock.takeChanges()?.writeTo(write);
        await write.execute(tx);
        return outcomes;
      }),
    fulfill: resolve('fulfill'),
    release: resolve('release'),
  };
}

const underLocks = (app: TestingModule) => lockedBy(app, (gate, tx, productIds) => gate.lock(tx, productIds));
const underPatientLocks = (app: TestingModule) =>
  lockedBy(app, (gate, tx, productIds) => gate.lockPatiently(tx, productIds));

/** By one statement; under locks when that falls short, as placing does. */
function optimistic(app: TestingModule): AskedStockGate {
  const gate = app.get(StockGate, { strict: false });
  const locked = underLocks(app);
  return {
    ...locked,
    reserve: async (orders) => {
      try {
        return await reserveInOneStatement(app, orders);
      } catch (error) {
        if (!gate.fellShort(error)) throw error;
        return locked.reserve(orders);
      }
    },
  };
}

function reserveInOneStatement(app: TestingModule, orders: readonly StockRequest[]) {
  return app.get(Transactions).runStatement(async (tx) => {
    const write = new CombinedWrite();
    app.get(StockGate, { strict: false }).reserveOptimistically(orders, { briefly: false }).writeTo(write);
    return async () => {
      await write.execute(tx);
      return orders.map(() => ({ result: 'reserved' }) as const);
    };
  });
}

function productsOf(orders: readonly StockRequest[]): number[] {
  return [...new Set(orders.flatMap(({ lines }) => lines.map(({ productId }) => productId)))];
}

describeStockGate('of this database, under locks', underLocks);
describeStockGate('of this database, under locks that are waited for', underPatientLocks);
describeStockGate('of this database, taken by one statement', optimistic);

describe('the stock of this database', () => {
  let database: TestDatabase;
  let app: TestingModule;

  beforeAll(async () => {
    database = await testDatabase();
    app = await contexts(database.config);
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  it('is left as it was, with ledger and reservations, by a statement that falls short of one of its units', async () => {
    const ids = (await someProducts(app, [10, 3])) as [number, number];
    const orders = [wanting([ids[0], 2]), wanting([ids[0], 1], [ids[1], 4])];
    const error: unknown = await reserveInOneStatement(app, orders).catch((error: unknown) => error);
    expect(app.get(StockGate, { strict: false }).fellShort(error)).toBe(true);
    const orderIds = orders.map(({ orderId }) => orderId);
    const [left] = await database.query(
      `select (select sum(reserved)::int from inventory.stock_levels where product_id = any($1)) as reserved,
              (select count(*)::int from inventory.stock_movements where order_id = any($2)) as movements,
              (select count(*)::int from inventory.reservations where order_id = any($2)) as reservations`,
      [ids, orderIds],
    );
    expect(left).toEqual({ reserved: 0, movements: 0, reservations: 0 });
  });

  it('that was only read decides like locked stock, locks nothing and gives nothing to write', async () => {
    const [product] = (await someProducts(app, [5])) as [number];
    const gate = app.get(StockGate, { strict: false });
    await app.get(Transactions).run(async (tx) => {
      const stock = await gate.read(tx, [product]);
      expect(stock.reserve([wanting([product, 3]), wanting([product, 3]), wanting([product, 2])])).toEqual([
        { result: 'reserved' },
        { result: 'short', shortages: [{ index: 0, productId: product, available: 2 }] },
        { result: 'reserved' },
      ]);
      expect(stock.takeChanges()).toBeUndefined();
      await database.query('select from inventory.stock_levels where product_id = $1 for update nowait', [product]);
    });
  });
});

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
