import type { DataSource, QueryRunner } from 'typeorm';

export interface Statement {
  sql: string;
  parameters: unknown[];
}

/** Collects every statement that the data source runs from now on, BEGIN and COMMIT included. */
export function recordStatements(source: DataSource): Statement[] {
  const statements: Statement[] = [];
  const create = source.createQueryRunner.bind(source);
  source.createQueryRunner = (mode) => {
    const runner: QueryRunner = create(mode);
    const query = runner.query.bind(runner) as (
      sql: unknown,
      parameters?: unknown[],
      structured?: boolean,
    ) => Promise<never>;
    runner.query = (sql: string | { text: string }, parameters?: unknown[], structured?: boolean) => {
      statements.push({ sql: typeof sql === 'string' ? sql : sql.text, parameters: parameters ?? [] });
      return query(sql, parameters, structured);
    };
    return runner;
  };
  return statements;
}
