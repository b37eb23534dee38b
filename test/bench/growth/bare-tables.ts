import type { Client } from 'pg';

interface Removed {
  remove: string;
  restore: string;
}

/**
 * Takes the indexes and keys off tables; filling them then costs a third. Gives the statements that bring them back, exactly as
 * the migrations made them.
 */
export async function removeIndexes(client: Client, tables: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<Removed>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as remove,
            format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as restore
       from pg_constraint where contype in ('p', 'u') and conrelid = any($1::regclass[])
     union all
     select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
       from pg_index where indrelid = any($1::regclass[])
        and not exists (select from pg_constraint where conindid = indexrelid)`,
    [tables],
  );
  for (const { remove } of rows) await client.query(remove);
  return rows.map(({ restore }) => restore);
}
