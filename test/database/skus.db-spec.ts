import { AddProducts, findTakenSkus, PRODUCTS_MIGRATIONS, SkuTakenError, UpdateProduct } from '@app/products';
import { migrateUp, revertLast, Transactions, type Tx } from '@app/platform';
import type { TestingModule } from '@nestjs/testing';
import { CONTEXTS } from '../../apps/cli/src/contexts';
import { contexts } from '../support/contexts';
import { emptyDatabase, type TestDatabase, testDatabase } from '../support/database';
import { TESTER } from '../support/principals';

const LOOK_ALIKE = [
  'AB-1 É',
  'Ab\u200b-1 é',
  'Ａｂ－１ é',
  'A\u00adb-1 é',
  'Ab-1 e\u0301',
  'Ab-1\u00a0é',
  'Ab\u20111 é',
  'Ab-1 é ',
];

describe('SKUs that look alike', () => {
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

  const run = <Result>(work: (tx: Tx<'products'>) => Promise<Result>) => app.get(Transactions).run(work);
  const add = (...skus: string[]) =>
    run((tx) =>
      app.get(AddProducts).execute(
        tx,
        skus.map((sku) => ({ sku, name: 'Lamp', priceMinor: 1 })),
        { principal: TESTER },
      ),
    );
  const rename = (id: number, sku: string) =>
    run((tx) => app.get(UpdateProduct).execute(tx, id, { sku }, { principal: TESTER }));

  it('are one SKU: case, unseen characters, wide letters, Unicode form, dashes and blanks make no difference', async () => {
    await add('Ab-1 é');
    const [other] = await add('Ab-1 e');
    for (const sku of LOOK_ALIKE) {
      await expect(add(sku)).rejects.toThrow(SkuTakenError);
      await expect(rename(other!.id, sku)).rejects.toThrow(SkuTakenError);
    }
    await expect(add('two-1', 'TWO-1')).rejects.toThrow(SkuTakenError);
    expect(await run((tx) => findTakenSkus(tx, [...LOOK_ALIKE, 'Ab-1', 'Ab-1 e']))).toEqual(
      new Set([...LOOK_ALIKE, 'Ab-1 e']),
    );
  });

  it('are one for whoever writes SQL as well', async () => {
    await database.query(`insert into products.products (sku, name, price_minor) values ('By-hand', 'Lamp', 1)`);
    await expect(
      database.query(`insert into products.products (sku, name, price_minor) values ('BY-HAND', 'Lamp', 1)`),
    ).rejects.toMatchObject({ code: '23505' });
  });

  it('can be written in other letters by their own product, and are free when it has another', async () => {
    const [product] = await add('old');
    expect(await rename(product!.id, 'OLD')).toMatchObject({ sku: 'OLD' });
    await rename(product!.id, 'NEW');
    await add('old');
    await expect(add('new')).rejects.toThrow(SkuTakenError);
  });

  it('stay as they are where there were several before', async () => {
    const former = await emptyDatabase();
    const inventory = CONTEXTS.find(({ context }) => context === 'inventory')!;
    try {
      await migrateUp(former.config, CONTEXTS);
      await revertUntil(former, inventory, 'StockInAnyLetters1764220200000');
      await revertUntil(former, PRODUCTS_MIGRATIONS, 'FoldedText1764220000000');
      const insert = (sku: string) =>
        former.query(`insert into products.products (sku, name, price_minor) values ($1, 'Lamp', 1)`, [sku]);
      await insert('dup');
      await insert('DUP');
      await migrateUp(former.config, CONTEXTS);
      expect(await former.query('select sku from products.products order by id')).toEqual([
        { sku: 'dup' },
        { sku: 'DUP' },
      ]);
      expect(await former.query('select * from products.skus')).toEqual([{ folded: 'dup', product_id: 1 }]);
      await former.query(`update products.products set name = 'Torch' where sku = 'DUP'`);
      await expect(insert('Dup')).rejects.toMatchObject({ code: '23505' });
    } finally {
      await former.drop();
    }
  });

  const revertUntil = async ({ config }: TestDatabase, context: (typeof CONTEXTS)[number], name: string) => {
    let reverted: string | undefined;
    do reverted = await revertLast(config, context);
    while (reverted !== undefined && reverted !== name);
    expect(reverted).toBe(name);
  };
});
