import type { MigrationInterface, QueryRunner } from 'typeorm';

const INDEXES = {
  security_events_by_principal: '(principal, at, id)',
  security_events_by_type: '(type, at, id)',
};

/**
 * Security events are found by who caused them, and by what happened. Built without blocking those who write, and again after a stop
 * half way.
 */
export class SecurityEventsByActor1764440300000 implements MigrationInterface {
  name = 'SecurityEventsByActor1764440300000';
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, columns] of Object.entries(INDEXES)) {
      await runner.query(`drop index concurrently if exists identity.${name}`);
      await runner.query(`create index concurrently ${name} on identity.security_events ${columns}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(INDEXES)) await runner.query(`drop index if exists identity.${name}`);
  }
}
