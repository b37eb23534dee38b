import { arrayLiteral, type ElementType } from './array-literal';
import { prepared } from './prepared';
import type { AnyTx } from './tx';

type Bind = (values: readonly unknown[], type: ElementType) => string;

interface Part {
  name: string;
  sql: string;
  options: PartOptions;
}

interface PartOptions {
  /** The part ends with `returning 1` and must touch exactly that many. Looked at afterwards: for a write in a transaction. */
  rows?: number;
  /** Is told how long the whole statement took. */
  took?: (seconds: number) => void;
}

/** By column: the type of its values, and where a row has its value. */
export type Columns<Row> = Readonly<Record<string, readonly [type: ElementType, valueOf: (row: Row) => unknown]>>;

/** A guarded write met fewer rows than were decided on: somebody bypassed the locks. The transaction must not commit. */
export class GuardedWriteError extends Error {
  constructor(part: string, expected: number, actual: number) {
    super(`${part} changed ${actual} rows instead of ${expected}`);
    this.name = 'GuardedWriteError';
  }
}

/**
 * Several set-based writes sent as ONE statement, so that a batch costs one round trip while rows are locked. Each context
 * adds its own part and keeps its SQL to itself; Postgres runs all parts of a data-modifying WITH on the same snapshot
 * (manual, section 7.8.4), so no part may read a table that another part writes.
 */
export class CombinedWrite {
  private readonly parts: Part[] = [];
  private readonly parameters: string[] = [];

  /**
   * Adds a part. `bind(values, 'uuid')` gives the placeholder of an array parameter, cast to `uuid[]`. What a part
   * returns may be read by those after it.
   */
  add(name: string, sql: (bind: Bind) => string, options: PartOptions = {}): this {
    const text = sql((values, type) => `$${this.parameters.push(arrayLiteral(values, type))}::${type}[]`);
    this.parts.push({ name, sql: text, options });
    return this;
  }

  /**
   * Adds an insert of all rows. `columns` names the table's columns, each with its type and where its values come from; the others get
   * their defaults.
   */
  insert<Row>(name: string, table: string, rows: readonly Row[], columns: Columns<Row>): this {
    const all = Object.entries(columns);
    return this.add(
      name,
      (bind) => `
        insert into ${table} (${all.map(([column]) => column).join(', ')})
        select * from unnest(${all.map(([, [type, valueOf]]) => bind(rows.map(valueOf), type)).join(', ')})`,
    );
  }

  /**
   * Runs all parts, and gives the time of the transaction; undefined when there are none. Throws GuardedWriteError when one met
   * another number of rows than it must.
   */
  async execute(tx: AnyTx): Promise<Date | undefined> {
    if (this.parts.length === 0) return undefined;
    const guarded = this.parts.filter(({ options }) => options.rows !== undefined);
    const counts = guarded.map(({ name }) => `(select count(*) from ${name}) as ${name}, `).join('');
    const start = performance.now();
    const [row] = await prepared<[Record<string, number>]>(
      tx,
      `with ${this.parts.map(({ name, sql }) => `${name} as (${sql})`).join(',\n')}
select ${counts}(extract(epoch from now()::timestamptz(3)) * 1000)::bigint as "transactionMs"`,
      this.parameters,
    );
    const seconds = (performance.now() - start) / 1000;
    for (const { options } of this.parts) options.took?.(seconds);
    for (const { name, options } of guarded)
      if (row[name] !== options.rows) throw new GuardedWriteError(name, options.rows!, row[name]!);
    return new Date(row.transactionMs!);
  }
}
