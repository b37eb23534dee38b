import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who did what: orders are found by who changed them last. Those that the processes changed last, and requests without a credential, are
 * not in the index: an order on its usual way has one entry in it, from when a user or a key places it until the worker takes it up.
 * It is built without blocking those who write, and can be built again after a stop half way.
 */
export class OrdersByActor1764440100000 implements MigrationInterface {
  name = 'OrdersByActor1764440100000';
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('drop index concurrently if exists orders.orders_by_actor');
    await runner.query(
      `create index concurrently orders_by_actor on orders.orders (changed_by, updated_at, id)
        where changed_by <> all (array['api', 'worker', 'scheduler'])`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index if exists orders.orders_by_actor');
  }
}
