import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A movement says which idempotency key it was asked for with, so that a person can tell a repeated delivery from a second one. A column
 * without a default is added without touching a row.
 */
export class KeyedMovements1764170000000 implements MigrationInterface {
  name = 'KeyedMovements1764170000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table inventory.stock_movements add column idempotency_key text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table inventory.stock_movements drop column idempotency_key`);
  }
}
