import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An event may have several subscriptions, which fail and are replayed each for itself: a dead letter says which of them failed, and
 * an event that was sent again whom alone it is for. Null in both means what it meant before: the one consumer that the event had,
 * and everybody. Neither column has a default, so no row is written, and nobody waits for more than the lock of a moment.
 */
export class Subscriptions1764270000000 implements MigrationInterface {
  name = 'Subscriptions1764270000000';
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table messaging.dead_letters add column if not exists subscription text');
    await runner.query('alter table messaging.outbox add column if not exists subscriptions text[]');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table messaging.outbox drop column if exists subscriptions');
    await runner.query('alter table messaging.dead_letters drop column if exists subscription');
  }
}
