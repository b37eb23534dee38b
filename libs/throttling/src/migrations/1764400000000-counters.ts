import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Where the API processes count requests together when there is no Redis. Unlogged: what is in it is worth an hour at most, and a
 * commit that changes nothing else waits for no disk. The columns are those that rate-limiter-flexible writes, in its order.
 */
export class Counters1764400000000 implements MigrationInterface {
  name = 'Counters1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema if not exists throttling;
      create unlogged table throttling.counters (
        -- The limit and whose requests are counted: anonymous:192.0.2.7, user:user:42.
        key text primary key,
        points integer not null default 0,
        -- Milliseconds since 1970; those that are over are removed an hour later.
        expire bigint
      );
      create index counters_by_expiry on throttling.counters (expire);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table throttling.counters');
  }
}
