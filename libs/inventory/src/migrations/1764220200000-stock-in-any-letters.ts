import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stock is found by the words of its product's name and SKU in any letters, as products are. Nobody is blocked meanwhile. */
export class StockInAnyLetters1764220200000 implements MigrationInterface {
  name = 'StockInAnyLetters1764220200000';
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('drop index concurrently if exists inventory.stock_levels_search_text');
    await runner.query(
      `create index concurrently stock_levels_search_text on inventory.stock_levels
        using gin (products.search_text(product_name, product_sku, '') gin_trgm_ops)`,
    );
    await runner.query('drop index concurrently if exists inventory.stock_levels_search');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index stock_levels_search on inventory.stock_levels using gin (product_name gin_trgm_ops, product_sku gin_trgm_ops);
      drop index inventory.stock_levels_search_text;
    `);
  }
}
