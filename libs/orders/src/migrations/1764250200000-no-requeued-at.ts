import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When an order was sent to the queue again is said by its event in the outbox; nothing has read or written the column since orders
 * wait in line. Dropping it changes the catalogue only and touches no row. The lock that it needs for a moment stands before every
 * order that arrives meanwhile: rather than keep them waiting behind a long transaction it gives up, and the migration is run again.
 */
export class NoRequeuedAt1764250200000 implements MigrationInterface {
  name = 'NoRequeuedAt1764250200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      set local lock_timeout = '1s';
      alter table orders.orders drop column requeued_at;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table orders.orders add column requeued_at timestamptz(3)');
  }
}
