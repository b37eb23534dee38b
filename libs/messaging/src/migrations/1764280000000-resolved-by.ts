import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who replayed or discarded a dead letter, as text of the principal; null in those that earlier versions resolved. The column has no
 * default, so no row is written, and nobody waits for more than the lock of a moment. It is not tied to `resolved_at` by a CHECK: a
 * process of the version before, which runs on while the new one starts, does not know it.
 */
export class ResolvedBy1764280000000 implements MigrationInterface {
  name = 'ResolvedBy1764280000000';
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table messaging.dead_letters add column if not exists resolved_by text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table messaging.dead_letters drop column if exists resolved_by');
  }
}
