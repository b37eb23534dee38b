import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Stock levels are listed by the name of their product. Orders never change it, so their updates of a level write nothing to this
 * index. Built without blocking those who write, and can be built again after a stop half way.
 */
export class LevelsByName1764240100000 implements MigrationInterface {
  name = 'LevelsByName1764240100000';
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('drop index concurrently if exists inventory.stock_levels_by_name');
    await runner.query(
      'create index concurrently stock_levels_by_name on inventory.stock_levels (product_name, product_id)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index inventory.stock_levels_by_name');
  }
}
