import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Products are listed by their last change. They change seldom, so the index costs little; it is built without blocking those who
 * write, and can be built again after a stop half way.
 */
export class ProductsByUpdate1764240000000 implements MigrationInterface {
  name = 'ProductsByUpdate1764240000000';
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('drop index concurrently if exists products.products_by_updated');
    await runner.query('create index concurrently products_by_updated on products.products (updated_at, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index products.products_by_updated');
  }
}
