import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { idColumn, tablePath } from './portable-columns';

/** The orders have a store of their own: what they refer to is in other databases, where no foreign key reaches. */
export class Orders1763700000002 implements MigrationInterface {
  name = 'Orders1763700000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: tablePath(runner, 'orders'),
        columns: [
          idColumn,
          { name: 'user_id', type: 'integer' },
          { name: 'product_id', type: 'integer' },
          { name: 'quantity', type: 'integer' },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(tablePath(runner, 'orders'));
  }
}
