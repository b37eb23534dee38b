import { withClient } from '../lab/database';
import type { Servers } from '../lab/servers';
import { nameOf, type SizeName, SIZES } from './grown-database';

/** How much room a table takes, in megabytes, and when Postgres last cleaned it up by itself. */
export interface TableSize {
  table: string;
  rows: number;
  tableMb: number;
  indexesMb: number;
  deadRows: number;
  autovacuums: number;
}

/** The larger tables of a database, the largest first. */
function tableSizes(databaseUrl: string): Promise<TableSize[]> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<TableSize>(
      `select relid::regclass::text as table, n_live_tup::float8 as rows, pg_table_size(relid) / 1048576.0::float8 as "tableMb",
              pg_indexes_size(relid) / 1048576.0::float8 as "indexesMb", n_dead_tup::float8 as "deadRows",
              autovacuum_count::int as autovacuums
         from pg_stat_user_tables where pg_total_relation_size(relid) > 65536 order by pg_total_relation_size(relid) desc limit 12`,
    );
    return rows;
  });
}

/** Those of the grown databases that are there. */
export async function sizesOfGrown(servers: Servers): Promise<Map<SizeName, TableSize[]>> {
  const { rows } = await withClient(servers.postgresUrl, (client) =>
    client.query<{ name: string }>('select datname as name from pg_database'),
  );
  const found = new Map<SizeName, TableSize[]>();
  for (const size of Object.keys(SIZES) as SizeName[])
    if (rows.some(({ name }) => name === nameOf(size))) found.set(size, await tableSizes(servers.url(nameOf(size))));
  return found;
}
