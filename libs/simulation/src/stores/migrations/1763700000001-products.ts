import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { idColumn, nameColumn, tablePath } from './portable-columns';

/** The products have a store of their own. Prices are whole cents: a float is not the same number in both engines. */
export class Products1763700000001 implements MigrationInterface {
  name = 'Products1763700000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: tablePath(runner, 'products'),
        columns: [idColumn, nameColumn, { name: 'price_minor', type: 'integer' }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(tablePath(runner, 'products'));
  }
}
