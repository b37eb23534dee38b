import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The e-mail address of an order is one of the words it is found by, in the order of time. An index of its own among those of the
 * orders had an entry written again with every change of state.
 */
export class CustomersBySearch1763900000000 implements MigrationInterface {
  name = 'CustomersBySearch1763900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('drop index orders.orders_by_email');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('create index orders_by_email on orders.orders (lower(customer_email), created_at, id)');
  }
}
