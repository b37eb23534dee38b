import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Customers list their own orders. Only user ids that may be the id of an account are in the index: orders without one, and those of
 * simple clients with names of their own, do not pay for it. It is built without blocking those who write, and can be built again
 * after a stop half way.
 */
export class OrdersByUser1764430100000 implements MigrationInterface {
  name = 'OrdersByUser1764430100000';
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('drop index concurrently if exists orders.orders_by_user');
    await runner.query(
      'create index concurrently orders_by_user on orders.orders (user_id, created_at, id) where char_length(user_id) = 36',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index orders.orders_by_user');
  }
}
