import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which sentinel job each queue must hold. A queue that lost it was emptied, and with it the jobs of orders on their way. */
export class QueueSentinels1763600200000 implements MigrationInterface {
  name = 'QueueSentinels1763600200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table messaging.queue_sentinels (
        queue text primary key,
        sentinel uuid not null,
        placed_at timestamptz not null default now()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table messaging.queue_sentinels');
  }
}
