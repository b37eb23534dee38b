import { StockLevelsRepository } from '@app/inventory';
import { ProductsRepository } from '@app/products';
import type { TestingModule } from '@nestjs/testing';
import { contexts } from '../../../test/support/contexts';
import { type TestDatabase, testDatabase } from '../../../test/support/database';

describe('a search for products and for their stock', () => {
  let database: TestDatabase;
  let app: TestingModule;

  beforeAll(async () => {
    database = await testDatabase();
    app = await contexts(database.config);
    await database.query(
      `insert into products.products (sku, name, description, price_minor) values
         ('TV-4K/55', 'Großer Fernseher (Smart,UHD)', '', 1), ('GR-1', '煎緑茶 Sencha', '', 1), ('CR-2', 'Crème brûlée', '', 1),
         ('ЧАЙ-3', 'Чай', '', 1), ('L_4', '100% "wide" smartv', 'Ｗｉｄｅ letters', 1)`,
    );
    await database.query(
      `insert into inventory.stock_levels (product_id, product_name, product_sku) select id, name, sku from products.products`,
    );
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const findProducts = async (search: string) => {
    const found = await app.get(ProductsRepository).find({ search, sort: 'name', descending: false, limit: 10 });
    expect(await app.get(ProductsRepository).count({ search }, 10)).toBe(found.length);
    return found.map(({ sku }) => sku).sort();
  };
  const findStock = async (search: string) => {
    const found = await app.get(StockLevelsRepository).find({ search, descending: false, limit: 10 });
    expect(await app.get(StockLevelsRepository).count({ search }, 10)).toBe(found.length);
    return found.map(({ productSku }) => productSku).sort();
  };

  it.each([
    ['tv', ['TV-4K/55']],
    ['Tv-4k', ['TV-4K/55']],
    ['4K', ['TV-4K/55']],
    ['k', []],
    ['smart', ['L_4', 'TV-4K/55']],
    ['uhd)', ['TV-4K/55']],
    ['GROSSER', ['TV-4K/55']],
    ['ernseh', ['TV-4K/55']],
    ['茶', ['GR-1']],
    ['緑茶', ['GR-1']],
    ['茶\u3000sencha', ['GR-1']],
    ['茶緑', []],
    ['creme', ['CR-2']],
    ['cre\u0300me\u00a0BRU\u0302L', ['CR-2']],
    ['ｃｒｅｍｅ', ['CR-2']],
    ['чай', ['ЧАЙ-3']],
    ['ча', ['ЧАЙ-3']],
    ['100%', ['L_4']],
    ['l_4', ['L_4']],
    ['%', []],
    ['_', []],
    ['\\', []],
    ['c b cr 2 br', ['CR-2']],
    ['c b cr 2 br x', []],
  ])('for %j finds %j', async (search, skus) => {
    expect(await findProducts(search)).toEqual(skus);
    expect(await findStock(search)).toEqual(skus);
  });

  it('for a word of the description finds the product, not its stock', async () => {
    expect(await findProducts('wide letters')).toEqual(['L_4']);
    expect(await findStock('letters')).toEqual([]);
  });
});
