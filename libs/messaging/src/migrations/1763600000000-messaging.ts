import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Outbox, dead letters, ticks and heartbeats. Published outbox rows stay until the clean-up, so that what was handed to a queue
 * that was then lost can be compared with what took effect. All unpublished rows are in two small partial indexes: the claim
 * reads the first, the per-order sequence check the second, however many published rows wait for the clean-up.
 */
export class Messaging1763600000000 implements MigrationInterface {
  name = 'Messaging1763600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table messaging.outbox (
        id uuid primary key,
        type text not null,
        aggregate_id uuid not null,
        aggregate_version integer not null check (aggregate_version > 0),
        correlation_id text not null,
        payload jsonb not null,
        occurred_at timestamptz not null default now(),
        published_at timestamptz,
        locked_by text,
        locked_until timestamptz,
        check ((locked_by is null) = (locked_until is null))
      );
      create index outbox_unpublished on messaging.outbox (id) where published_at is null;
      create index outbox_unpublished_by_aggregate on messaging.outbox (aggregate_id, id) where published_at is null;

      create table messaging.dead_letters (
        id uuid primary key,
        queue text not null,
        type text not null,
        envelope jsonb not null,
        code text not null,
        reason text not null,
        attempts integer not null,
        created_at timestamptz(3) not null default now(),
        resolved_at timestamptz,
        resolution text check (resolution in ('replayed', 'discarded')),
        check ((resolved_at is null) = (resolution is null))
      );
      create index dead_letters_open on messaging.dead_letters (created_at, id) where resolved_at is null;
      create index dead_letters_by_age on messaging.dead_letters (created_at, id);

      create table messaging.schedule_ticks (
        name text not null,
        tick_at timestamptz not null,
        recorded_at timestamptz not null default now(),
        primary key (name, tick_at)
      );

      create table messaging.heartbeats (
        process text not null,
        instance text not null,
        beat_at timestamptz not null default now(),
        details jsonb not null default '{}',
        primary key (process, instance)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table messaging.heartbeats, messaging.schedule_ticks, messaging.dead_letters, messaging.outbox',
    );
  }
}
