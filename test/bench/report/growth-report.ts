import { type SizeName } from '../growth/grown-database';
import type { TableSize } from '../growth/sizes';
import { figure, table } from './table';

/** How much room orders take, and whether Postgres keeps up with cleaning. */
export function growthReport(sizes: ReadonlyMap<SizeName, readonly TableSize[]>): string | undefined {
  const rows = [...sizes].flatMap(([size, tables]) =>
    tables.map((each) => [
      `${size}: ${each.table}`,
      figure(each.rows),
      figure(each.tableMb),
      figure(each.indexesMb),
      figure(each.deadRows),
      figure(each.autovacuums),
    ]),
  );
  return rows.length > 0
    ? table(['orders: table', 'rows', 'table MB', 'indexes MB', 'dead rows', 'autovacuums'], rows)
    : undefined;
}
