import { AUDIT_MIGRATIONS } from '@app/audit';
import { InventoryModule, StockGate } from '@app/inventory';
import {
  type AnyTx,
  CONTEXT_NAMES,
  ContextElsewhereError,
  migrateUp,
  PlatformModule,
  prepared,
  Transactions,
  type Tx,
} from '@app/platform';
import { AddProducts, PRODUCTS_MIGRATIONS, ProductsModule, ProductsRepository } from '@app/products';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { contexts } from '../support/contexts';
import { emptyDatabase, type TestDatabase, testConfig, testDatabase } from '../support/database';
import { runCli } from '../support/cli';
import { TESTER } from '../support/principals';

describe('contexts', () => {
  let database: TestDatabase;
  let other: TestDatabase;

  beforeAll(async () => {
    database = await testDatabase();
    other = await emptyDatabase();
  });
  afterAll(async () => {
    await database?.drop();
    await other?.drop();
  });

  const shop = () => ({ ORDERS_DATABASE_URL: database.url, INVENTORY_DATABASE_URL: database.url });

  it('on one URL have one pool and share a transaction, whichever variables say so', async () => {
    const all = Object.fromEntries(
      CONTEXT_NAMES.map((context) => [`${context.toUpperCase()}_DATABASE_URL`, database.url]),
    );
    const config = testConfig(other.url, all);
    const app = await contexts(config);
    expect(app.get(DataSource).options).toMatchObject({ url: database.url });
    const pids = await app.get<Transactions<'orders' | 'inventory'>>(Transactions).run(async (tx) => {
      await app.get(StockGate, { strict: false }).lock(tx, [1]);
      return tx.query<{ pid: number }[]>(
        `select pid from pg_locks where pid = pg_backend_pid() and relation = 'inventory.stock_levels'::regclass`,
      );
    });
    expect(pids.length).toBeGreaterThan(0);
    await app.close();
  });

  it('work in a database of their own in a process without the others', async () => {
    const config = testConfig(other.url, shop(), { contexts: ['products'] });
    await migrateUp(config, [AUDIT_MIGRATIONS, PRODUCTS_MIGRATIONS]);
    const app = await Test.createTestingModule({
      imports: [PlatformModule.for(config, 'test'), ProductsModule],
    }).compile();
    await app.init();
    const product = { sku: 'APART-1', name: 'Apart', priceMinor: 100 };
    const [added] = await app
      .get<Transactions<'products'>>(Transactions)
      .run((tx) => app.get(AddProducts, { strict: false }).execute(tx, [product], { principal: TESTER }));
    expect(await app.get(ProductsRepository, { strict: false }).get(added!.id)).toMatchObject({ sku: 'APART-1' });
    await app.close();
    expect(await other.query('select sku from products.products')).toEqual([{ sku: 'APART-1' }]);
    expect(await database.query('select sku from products.products')).toEqual([]);
  });

  it('that a process does not work on end its boot, though their tables are there', async () => {
    const config = testConfig(database.url, {}, { contexts: ['products'] });
    const app = await Test.createTestingModule({
      imports: [PlatformModule.for(config, 'test'), ProductsModule, InventoryModule],
    }).compile();
    await expect(app.init()).rejects.toThrow(ContextElsewhereError);
    await app.close();
  });

  it('of one process are refused on two URLs before anything is changed', async () => {
    const empty = await emptyDatabase();
    const { code, output } = await runCli(empty.url, ['migrate'], { INVENTORY_DATABASE_URL: database.url });
    expect([code, output]).toEqual([1, expect.stringContaining('INVENTORY_DATABASE_URL: must say the same database')]);
    expect(await empty.query(`select from pg_namespace where nspname in ('audit', 'products')`)).toEqual([]);
    await empty.drop();
  });

  it('are told apart by the compiler: what writes for one takes a transaction in its database only', () => {
    const calls = (
      gate: StockGate,
      products: ProductsRepository,
      tx: { catalogue: Tx<'products'>; shop: Tx<'orders' | 'inventory'>; any: AnyTx },
    ) => [
      () => gate.lock(tx.shop, [1]),
      () => products.lock(tx.catalogue, 1),
      () => prepared(tx.shop, 'select 1', []),
      // @ts-expect-error the catalogue may be in another database than the stock
      () => gate.lock(tx.catalogue, [1]),
      // @ts-expect-error orders and stock may be in another database than the catalogue
      () => products.lock(tx.shop, 1),
      // @ts-expect-error nothing says that stock is in whatever database this is
      () => gate.lock(tx.any, [1]),
    ];
    expect(calls).toBeInstanceOf(Function);
  });
});
