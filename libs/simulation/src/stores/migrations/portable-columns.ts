import type { QueryRunner, TableColumnOptions } from 'typeorm';

/** Columns as both engines write them. */
export const idColumn: TableColumnOptions = {
  name: 'id',
  type: 'integer',
  isPrimary: true,
  isGenerated: true,
  generationStrategy: 'increment',
};
export const nameColumn: TableColumnOptions = { name: 'name', type: 'varchar', length: '100' };

/** SQLite has no schemas: a file is one. */
export function tablePath({ connection }: QueryRunner, table: string): string {
  return connection.options.type === 'postgres' ? `simulation.${table}` : table;
}
