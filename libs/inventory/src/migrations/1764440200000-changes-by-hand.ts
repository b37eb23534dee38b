import type { MigrationInterface, QueryRunner } from 'typeorm';

const INDEXES = {
  stock_movements_by_hand: '(created_at, id)',
  stock_movements_by_hand_of_product: '(product_id, created_at, id)',
  stock_movements_by_hand_of_actor: '(processed_by, created_at, id)',
};

/**
 * Who changed what is on hand: goods received, counted and written off say which request did it, and are found by time, product and
 * actor. Movements of orders have no entry in these indexes, so the path of an order does not pay for them, and the three changes of a
 * month are found among a million movements. Built without blocking those who write, and again after a stop half way.
 */
export class ChangesByHand1764440200000 implements MigrationInterface {
  name = 'ChangesByHand1764440200000';
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table inventory.stock_movements add column if not exists request_id text');
    for (const [name, columns] of Object.entries(INDEXES)) {
      await runner.query(`drop index concurrently if exists inventory.${name}`);
      await runner.query(
        `create index concurrently ${name} on inventory.stock_movements ${columns} where order_id is null`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(INDEXES)) await runner.query(`drop index if exists inventory.${name}`);
    await runner.query('alter table inventory.stock_movements drop column if exists request_id');
  }
}
