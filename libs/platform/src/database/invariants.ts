import type { DataSource, QueryRunner } from 'typeorm';

const EXAMPLES_MAX = 5;

/** What must hold in any database of this product, written so that Postgres counts and only counts come back. */
export interface Invariant {
  /** The promise that it is about, `I1` to `I14`. Several checks can be about one. */
  id: string;
  /** What is true when it holds. */
  name: string;
  /** One row per breach, with the column `example`: what is wrong, for a person to look up. */
  breaches: string;
  /** The same for what is normal while work is under way, and a breach once everything should have come to rest. */
  unsettled?: string;
  /** One row; every column is a figure to show beside the name, its unit in its name. */
  figures: string;
}

export interface InvariantResult {
  id: string;
  name: string;
  holds: boolean;
  /** Breaches counted; with `quiescent`, what is unsettled counts too. */
  breaches: number;
  /** Up to five of them. */
  examples: string[];
  figures: Record<string, number>;
}

export interface InvariantOptions {
  /** Nothing should be moving any more: what is unsettled is a breach. */
  quiescent?: boolean;
  /** Ends the statement that is running; the promise then rejects. */
  signal?: AbortSignal;
  /** Called before each check. */
  onCheck?: (invariant: Invariant) => void;
}

/**
 * Checks all invariants on one snapshot, so that the answer is right while others write: repeatable read, read only. Memory is
 * bounded at any size of the tables: sorts and hashes spill to disk, and only figures and a few examples are fetched.
 */
export async function checkInvariants(
  dataSource: DataSource,
  invariants: readonly Invariant[],
  { quiescent = false, signal, onCheck }: InvariantOptions = {},
): Promise<InvariantResult[]> {
  signal?.throwIfAborted();
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction('REPEATABLE READ');
    await runner.query('set transaction read only');
    // A check reads whole tables; the bounds of a request are not for it. JIT compiles for longer than most checks run.
    await runner.query('set local statement_timeout = 0; set local jit = off');
    const stopCancelling = await cancelOnAbort(dataSource, runner, signal);
    try {
      const results: InvariantResult[] = [];
      for (const invariant of invariants) {
        signal?.throwIfAborted();
        onCheck?.(invariant);
        results.push(await check(runner, invariant, quiescent));
      }
      return results;
    } finally {
      await stopCancelling();
    }
  } finally {
    // It wrote nothing. A connection that was lost has rolled back already.
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    await runner.release();
  }
}

interface Row {
  breaches: number;
  examples: string[];
  figures: Record<string, number>;
}

async function check(runner: QueryRunner, invariant: Invariant, quiescent: boolean): Promise<InvariantResult> {
  const { id, name, breaches, unsettled, figures } = invariant;
  const wrong = quiescent && unsettled ? `${breaches}\nunion all\n${unsettled}` : breaches;
  const [row] = await runner.manager.query<[Row]>(`
    with breach as materialized (${wrong}),
         figure as materialized (${figures})
    select (select count(*) from breach)::float8 as breaches,
           array(select example from breach limit ${EXAMPLES_MAX}) as examples,
           (select row_to_json(figure) from figure) as figures`);
  return { id, name, holds: row.breaches === 0, ...row };
}

/** Without it the server would finish a long statement for a client that is gone. */
async function cancelOnAbort(
  dataSource: DataSource,
  runner: QueryRunner,
  signal?: AbortSignal,
): Promise<() => Promise<void>> {
  if (!signal) return async () => undefined;
  const [{ pid }] = await runner.manager.query<[{ pid: number }]>('select pg_backend_pid() as pid');
  let cancelling: Promise<unknown> = Promise.resolve();
  const cancel = () => {
    cancelling = dataSource.query('select pg_cancel_backend($1)', [pid]).catch(() => undefined);
  };
  signal.addEventListener('abort', cancel);
  return async () => {
    signal.removeEventListener('abort', cancel);
    // A cancel that arrives after this connection went back to the pool would end a stranger's statement.
    await cancelling;
  };
}
