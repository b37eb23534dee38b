import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whether an event that waited in line was given to the queue lately: with a long backlog an order is past its deadline when its turn
 * comes, and it is not stale while its job is in the queue. One entry per order, written when its event is published.
 *
 * Built without blocking those who append, so it stands alone, and can be run again after a stop half way.
 */
export class QueuedFromLine1764260000000 implements MigrationInterface {
  name = 'QueuedFromLine1764260000000';
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('drop index concurrently if exists messaging.outbox_queued_from_line');
    await runner.query(
      'create index concurrently outbox_queued_from_line on messaging.outbox (aggregate_id) where rank is not null and published_at is not null',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index if exists messaging.outbox_queued_from_line');
  }
}
