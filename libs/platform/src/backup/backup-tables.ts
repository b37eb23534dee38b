import type { ClientBase } from 'pg';
import type { ContextMigrations } from '../database/migrate';

interface BackupTable {
  /** Quoted, with its schema. */
  name: string;
  /** Quoted, separated by commas. */
  columns: string;
}

export interface BackupScope {
  contexts: readonly ContextMigrations[];
  /** Tables, with their schema, whose rows mean something to running processes only. */
  leftOut: readonly string[];
}

/**
 * The tables of the contexts, asked of the database so that one which a later migration adds cannot be forgotten. Transaction
 * ids are left out of them: they mean nothing in another database, and their defaults are right there.
 */
export async function backupTables(client: ClientBase, { contexts, leftOut }: BackupScope): Promise<BackupTable[]> {
  const { rows } = await client.query<BackupTable>(
    `select format('%I.%I', nspname, relname) as name,
            string_agg(quote_ident(attname), ', ' order by attnum) as columns
       from pg_class
       join pg_namespace on pg_namespace.oid = relnamespace
       join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
                        and attgenerated = '' and atttypid <> 'xid8'::regtype
      where relkind = 'r' and nspname = any($1) and relname <> 'migrations' and nspname || '.' || relname <> all($2)
      group by nspname, relname order by nspname, relname`,
    [contexts.map(({ context }) => context), leftOut],
  );
  return rows;
}

/** Names of the applied migrations by context. */
export async function appliedMigrations(
  client: ClientBase,
  contexts: readonly ContextMigrations[],
): Promise<Record<string, string[]>> {
  const applied: Record<string, string[]> = {};
  for (const { context } of contexts) {
    const { rows } = await client.query<{ name: string }>(`select name from ${context}.migrations order by id`);
    applied[context] = rows.map(({ name }) => name);
  }
  return applied;
}
