import type { AnyTx } from './tx';

/**
 * Empties the tables of a context's schema, except those to `keep`, and lets their ids begin at 1 again. Which tables there are
 * is asked of the database: one that a later migration adds cannot be forgotten. The record of migrations stays.
 */
export async function clearTables(tx: AnyTx, schema: string, keep: readonly string[] = []): Promise<void> {
  const [{ tables }] = await tx.query<[{ tables: string | null }]>(
    `select string_agg(format('%I.%I', schemaname, tablename), ', ' order by tablename) as tables
       from pg_tables where schemaname = $1 and tablename <> all($2::text[])`,
    [schema, ['migrations', ...keep]],
  );
  if (tables) await tx.query(`truncate ${tables} restart identity`);
}
