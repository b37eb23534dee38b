import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who did what: products are found by who changed them last. It is built without blocking those who write, and can be built again after
 * a stop half way.
 */
export class ProductsByActor1764440100000 implements MigrationInterface {
  name = 'ProductsByActor1764440100000';
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('drop index concurrently if exists products.products_by_actor');
    await runner.query(
      `create index concurrently products_by_actor on products.products (changed_by, updated_at, id)
        where changed_by <> all (array['api', 'worker', 'scheduler'])`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index if exists products.products_by_actor');
  }
}
