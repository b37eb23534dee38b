import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lets readers follow the events in the order in which they became visible, without losing one: (tx, id) of rows whose
 * transaction is older than every one still running. An id alone is not enough: a transaction may commit after a later id was read.
 */
export class EventFeed1763600100000 implements MigrationInterface {
  name = 'EventFeed1763600100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table messaging.outbox add column tx xid8 not null default pg_current_xact_id();
      create index outbox_feed on messaging.outbox (tx, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index messaging.outbox_feed;
      alter table messaging.outbox drop column tx;
    `);
  }
}
