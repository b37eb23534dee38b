import type { DataSource } from 'typeorm';
import { type ContextMigrations, migrationStatus } from './migrate';

/** The database lacks migrations that this version of the code builds on. */
export class SchemaBehindError extends Error {
  constructor(context: string, missing: readonly string[]) {
    super(`The database is behind (${context}: ${missing.join(', ')}). Run "npm run migrate", then start again.`);
    this.name = 'SchemaBehindError';
  }
}

/** Ends the boot with one sentence instead of a process that fails at every statement. Throws SchemaBehindError. */
export async function requireMigrated(dataSource: DataSource, migrations: ContextMigrations): Promise<void> {
  const missing = (await migrationStatus(dataSource, [migrations])).filter(({ applied }) => !applied);
  if (missing.length > 0)
    throw new SchemaBehindError(
      migrations.context,
      missing.map(({ name }) => name),
    );
}
