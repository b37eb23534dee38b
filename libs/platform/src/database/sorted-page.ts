import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { SORTED_ROWS_MAX, TooManyToSortError } from '../errors/too-many-to-sort';

export interface SortedPage {
  /** What a person calls the order; for the error. */
  ordering: string;
  /** What is sorted by, as the query builder knows it; the id is the last. Written in code, never input. */
  columns: readonly string[];
  descending: boolean;
  /** Read on after a row with these values, one for each column. */
  after?: readonly unknown[];
  limit: number;
  offset?: number;
}

/**
 * Ids of a page of what a query selects, sorted by columns that no index has in this order. An index would cost a write in every
 * change of every row; instead all that matches is read and sorted, at most {@link SORTED_ROWS_MAX} rows: throws TooManyToSortError
 * when there are more.
 */
export async function sortedPage<Row extends ObjectLiteral>(
  select: SelectQueryBuilder<Row>,
  { ordering, columns, descending, after, limit, offset = 0 }: SortedPage,
): Promise<(string | number)[]> {
  const keys = columns.map((_, index) => `key${index}`);
  select.select([]);
  columns.forEach((column, index) => select.addSelect(column, keys[index]));
  const [sql, given] = select.limit(SORTED_ROWS_MAX + 1).getQueryAndParameters();
  const parameters: unknown[] = [...given];
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  const direction = descending ? 'desc' : 'asc';
  const beyond = after ? `(${keys.join(', ')}) ${descending ? '<' : '>'} (${after.map(bind).join(', ')})` : 'true';
  const [{ ids, found }] = await select.connection.query<[{ ids: (string | number)[]; found: number }]>(
    `with found as materialized (${sql})
     select (select count(*) from found) as found,
            array(select ${keys.at(-1)} from found where ${beyond}
                   order by ${keys.map((key) => `${key} ${direction}`).join(', ')}
                   limit ${bind(limit)} offset ${bind(offset)}) as ids`,
    parameters,
  );
  if (found > SORTED_ROWS_MAX) throw new TooManyToSortError(ordering);
  return ids;
}
