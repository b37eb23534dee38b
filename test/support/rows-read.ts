import type { TestDatabase } from './database';
import type { Statement } from './statements';

interface Plan {
  'Node Type': string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Plan[];
}

/** How many rows the scans of these statements give or throw away, over all their loops: each is run again, and leaves nothing. */
export async function rowsRead(database: TestDatabase, statements: readonly Statement[]): Promise<number> {
  let rows = 0;
  for (const { sql, parameters } of statements) {
    await database.query('begin');
    const [answer] = await database.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      `explain (analyze, format json) ${sql}`,
      parameters,
    );
    await database.query('rollback');
    rows += rowsOf(answer!['QUERY PLAN'][0].Plan);
  }
  return rows;
}

function rowsOf(plan: Plan): number {
  const removed = (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0);
  const own = plan['Node Type'].includes('Scan') ? (plan['Actual Rows'] + removed) * plan['Actual Loops'] : 0;
  return own + (plan.Plans ?? []).reduce((sum, child) => sum + rowsOf(child), 0);
}
