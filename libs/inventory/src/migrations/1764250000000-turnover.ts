import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Inventory turnover without reading a day of the ledger: the kept sums also say how many units left with orders, and each look at
 * all products leaves a point with the sums over all of them. What left between two points is the difference.
 *
 * The kept sums are only a saving: they are removed, so that none lacks the new figure, and the next comparison makes them again, in
 * slices. Orders touch neither table. Without a default, a worker of before fails at a new sum instead of keeping a wrong one.
 */
export class Turnover1764250000000 implements MigrationInterface {
  name = 'Turnover1764250000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      truncate inventory.ledger_sums;
      alter table inventory.ledger_sums add column fulfilled bigint not null;

      create table inventory.turnover_points (
        taken_at timestamptz primary key default clock_timestamp(),
        on_hand numeric not null,
        fulfilled numeric not null
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table inventory.turnover_points;
      alter table inventory.ledger_sums drop column fulfilled;
    `);
  }
}
