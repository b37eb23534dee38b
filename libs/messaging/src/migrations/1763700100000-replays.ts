import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How often an event was sent again after it had become a dead letter: each replay is a job of its own, because the queue drops a
 * second job of the same id while the first is being finished. And which open dead letters an aggregate has: the sweeps ask.
 */
export class Replays1763700100000 implements MigrationInterface {
  name = 'Replays1763700100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table messaging.outbox add column replays integer not null default 0;
      create index dead_letters_open_by_aggregate on messaging.dead_letters ((envelope ->> 'aggregate_id')) where resolved_at is null;
      create index dead_letters_resolved on messaging.dead_letters (resolved_at) where resolved_at is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index messaging.dead_letters_resolved;
      drop index messaging.dead_letters_open_by_aggregate;
      alter table messaging.outbox drop column replays;
    `);
  }
}
