import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Events with a rank wait in line: a relay takes them by rank and age, and only as many as the queue has room for. All others leave
 * at once. Each unpublished row is in one of two partial indexes, whose size is what waits, so that a claim reads no more than it
 * takes, and an event that leaves at once costs no more index entries than before. Both begin with a column that is always null
 * in them: no other index has that order, so none is taken for it, whatever the statistics say.
 *
 * The indexes are built without blocking those who append, so each statement stands alone, and each can be run again after a stop
 * half way.
 */
export class Line1764100000000 implements MigrationInterface {
  name = 'Line1764100000000';
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table messaging.outbox add column if not exists rank smallint');
    await runner.query('alter table messaging.outbox drop constraint if exists outbox_rank_check');
    // Valid for every row from now on; validating reads the table without blocking anybody.
    await runner.query(
      'alter table messaging.outbox add constraint outbox_rank_check check (rank between 1 and 3) not valid',
    );
    await runner.query('alter table messaging.outbox validate constraint outbox_rank_check');
    await runner.query('drop index concurrently if exists messaging.outbox_leaving_at_once');
    await runner.query(
      'create index concurrently outbox_leaving_at_once on messaging.outbox (published_at, id) where published_at is null and rank is null',
    );
    await runner.query('drop index concurrently if exists messaging.outbox_line');
    await runner.query(
      'create index concurrently outbox_line on messaging.outbox (rank, published_at, id) where published_at is null and rank is not null',
    );
    await runner.query('drop index concurrently if exists messaging.outbox_unpublished');
  }

  // In one transaction, as every way back: events that are appended meanwhile wait for it.
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index if exists messaging.outbox_unpublished');
    await runner.query('create index outbox_unpublished on messaging.outbox (id) where published_at is null');
    await runner.query('drop index if exists messaging.outbox_line');
    await runner.query('drop index if exists messaging.outbox_leaving_at_once');
    await runner.query('alter table messaging.outbox drop column if exists rank');
  }
}
