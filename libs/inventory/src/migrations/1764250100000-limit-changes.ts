import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the minimum threshold and the maximum capacity of a product were before and after a change. The version of the product that a
 * change makes says who, when and for which request. Levels keep no versions: each order would write one.
 */
export class LimitChanges1764250100000 implements MigrationInterface {
  name = 'LimitChanges1764250100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table inventory.limit_changes (
        product_id bigint not null,
        product_version integer not null,
        limit_name text not null check (limit_name in ('minimum_threshold', 'maximum_capacity')),
        previous_value bigint not null,
        new_value bigint not null check (new_value <> previous_value),
        primary key (product_id, product_version, limit_name)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table inventory.limit_changes');
  }
}
