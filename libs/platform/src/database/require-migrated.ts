import type { DataSource } from 'typeorm';
import type { ContextName } from '../config/context-urls';
import type { Config } from '../config/load-config';
import { type ContextMigrations, migrationStatus } from './migrate';

/** The database lacks migrations that this version of the code builds on. */
export class SchemaBehindError extends Error {
  constructor(context: string, missing: readonly string[]) {
    super(`The database is behind (${context}: ${missing.join(', ')}). Run "npm run migrate", then start again.`);
    this.name = 'SchemaBehindError';
  }
}

/** A process holds the code of a context that is not among those it works on: the tables may be in another database. */
export class ContextElsewhereError extends Error {
  constructor(context: ContextName, contexts: readonly ContextName[]) {
    super(
      `This process works on ${contexts.join(', ')}, and its modules bring ${context}, whose tables may be elsewhere.`,
    );
    this.name = 'ContextElsewhereError';
  }
}

/** Ends the boot of a process that would work on a context in the database of others. Throws ContextElsewhereError. */
export function requireContext({ contexts }: Config, context: ContextName): void {
  if (!contexts.includes(context)) throw new ContextElsewhereError(context, contexts);
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
