import type { Attempt } from '../contracts/attempt';
import { rowDetails, rowValues } from '../rows/entity-row';
import { sentenceOf } from './insert-row';
import type { ThreadResult, ThreadTask } from './insert-thread';
import { type PlannedRow, ReadyRows } from './plan-run';
import type { SharedRunState } from './shared-run-state';

const NS_PER_MS = 1_000_000;

export interface AttemptsToMake {
  plan: readonly PlannedRow[];
  threads: { run: (task: ThreadTask, timeoutMs: number) => Promise<ThreadResult> };
  state: SharedRunState;
  threadsMax: number;
  timeoutMs: number;
  signal?: AbortSignal;
  onAttempt: (attempt: Attempt, soFar: { ended: number; rows: number }) => void;
}

/**
 * Has every row attempted once, at most `threadsMax` at a time. Whatever becomes of an attempt is in its result. When the signal
 * aborts, those in flight are waited for and the others are left. Gives the attempts in the order in which they ended.
 */
export async function attemptRows(work: AttemptsToMake): Promise<Attempt[]> {
  const { plan, threadsMax, signal, onAttempt } = work;
  const ready = new ReadyRows(plan);
  const attempts: Attempt[] = [];
  const inFlight = new Set<Promise<void>>();
  while (!signal?.aborted) {
    const row = inFlight.size < threadsMax ? ready.next() : undefined;
    if (row) {
      const attempt = attemptRow(row, work).then((ended) => {
        attempts.push(ended);
        ready.done(row.index);
        inFlight.delete(attempt);
        onAttempt(ended, { ended: attempts.length, rows: plan.length });
      });
      inFlight.add(attempt);
    } else if (inFlight.size > 0) await Promise.race(inFlight);
    else break;
  }
  await Promise.all(inFlight);
  return attempts;
}

async function attemptRow(planned: PlannedRow, { threads, state, timeoutMs }: AttemptsToMake): Promise<Attempt> {
  const { index, thread, routed } = planned;
  const handedOutAt = process.hrtime.bigint();
  const result = await threads
    .run({ index, routed }, timeoutMs)
    .catch((error: unknown) => crashed(error, index, handedOutAt, state));
  const sinceStart = (at: bigint) => Math.max(0, Number(at - state.startedAt)) / NS_PER_MS;
  return {
    index,
    entity: routed.row.entity,
    thread,
    worker: result.worker,
    store: routed.store,
    rowId: routed.row.row.id,
    details: rowDetails(routed.row),
    values: rowValues(routed.row),
    outcome: result.outcome,
    reason: result.reason,
    startMs: sinceStart(result.startedAt),
    endMs: sinceStart(result.endedAt),
  };
}

/** The thread threw, died, or was ended because it took too long. Nobody may wait for it at the gate. */
function crashed(error: unknown, index: number, startedAt: bigint, state: SharedRunState): ThreadResult {
  state.openGate();
  state.leave(index);
  return {
    outcome: 'error',
    reason: `The thread failed: ${sentenceOf(error)}`,
    worker: state.threadOf(index) ?? 1,
    startedAt,
    endedAt: process.hrtime.bigint(),
  };
}
