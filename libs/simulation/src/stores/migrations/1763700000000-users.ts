import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { idColumn, nameColumn, tablePath } from './portable-columns';

/** The users have a store of their own. E-mail addresses are looked up by an index and may occur twice. */
export class Users1763700000000 implements MigrationInterface {
  name = 'Users1763700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: tablePath(runner, 'users'),
        columns: [idColumn, nameColumn, { name: 'email', type: 'varchar', length: '254' }],
        indices: [{ name: 'users_email', columnNames: ['email'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(tablePath(runner, 'users'));
  }
}
