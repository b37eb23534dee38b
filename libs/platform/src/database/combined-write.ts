import { arrayLiteral, type ElementType } from './array-literal';
import { prepared } from './prepared';
import type { Tx } from './tx';

type Bind = (values: readonly unknown[], type: ElementType) => string;

interface Part {
  name: string;
  sql: string;
  rows?: number;
}

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
 * (manual, section 7.8.4), so no part may read what another part writes.
 */
export class CombinedWrite {
  private readonly parts: Part[] = [];
  private readonly parameters: string[] = [];

  /**
   * Adds a part. `bind(values, 'uuid')` gives the placeholder of an array parameter, cast to `uuid[]`. With `rows`, the part
   * ends with `returning 1` and must touch exactly that many.
   */
  add(name: string, sql: (bind: Bind) => string, guard: { rows?: number } = {}): this {
    const text = sql((values, type) => `$${this.parameters.push(arrayLiteral(values, type))}::${type}[]`);
    this.parts.push({ name, sql: text, rows: guard.rows });
    return this;
  }

  /** Runs all parts. Throws GuardedWriteError when a part met another number of rows than it must. */
  async execute(tx: Tx): Promise<void> {
    if (this.parts.length === 0) return;
    const guarded = this.parts.filter(({ rows }) => rows !== undefined);
    const counts = guarded.map(({ name }) => `(select count(*) from ${name}) as ${name}`).join(', ');
    const [row] = await prepared<[Record<string, number>]>(
      tx,
      `with ${this.parts.map(({ name, sql }) => `${name} as (${sql})`).join(',\n')}\nselect ${counts || '1'}`,
      this.parameters,
    );
    for (const { name, rows } of guarded) if (row[name] !== rows) throw new GuardedWriteError(name, rows!, row[name]!);
  }
}
