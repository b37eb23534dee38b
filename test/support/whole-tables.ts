import { CONTEXT_SCHEMAS } from './context-schemas';
import type { TestDatabase } from './database';

/** A fingerprint of every row of every table of the product: two that are equal prove that nothing was written in between. */
export async function wholeTables(
  database: TestDatabase,
  except: readonly string[] = [],
): Promise<Record<string, string>> {
  const tables = await database.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname in ${CONTEXT_SCHEMAS} and tablename <> 'migrations' order by 1`,
  );
  const found: Record<string, string> = {};
  for (const { name } of tables.filter(({ name }) => !except.includes(name))) {
    const [row] = await database.query<{ rows: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') as rows from ${name} t`,
    );
    found[name] = row!.rows;
  }
  return found;
}
