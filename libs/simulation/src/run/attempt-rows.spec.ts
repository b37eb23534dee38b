import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Attempt } from '../contracts/attempt';
import { entityRows } from '../rows/entity-row';
import { RowFactory } from '../rows/row-factory';
import { EntityRouter } from '../stores/entity-router';
import { attemptRows } from './attempt-rows';
import type { ThreadResult, ThreadTask } from './insert-thread';
import { planRun } from './plan-run';
import { SharedRunState } from './shared-run-state';

const rows = entityRows(new RowFactory().rows({ count: 30, duplicates: 0.3 }));
const plan = planRun(rows, new EntityRouter(), { rules: 'strict', writesIds: true });

/** Attempts with threads that do what `run` says, and take a few turns for it. */
async function attempts(
  run: (task: ThreadTask) => void,
  { threadsMax = 4, signal = new AbortController().signal } = {},
) {
  const state = SharedRunState.of(plan.length, 1);
  const heard: Attempt[] = [];
  let [inFlight, inFlightMax] = [0, 0];
  const ended = await attemptRows({
    plan,
    state,
    threadsMax,
    timeoutMs: 1000,
    signal,
    onAttempt: (attempt) => heard.push(attempt),
    threads: {
      run: async (task): Promise<ThreadResult> => {
        state.enter(task.index, 1);
        state.passGate();
        const startedAt = process.hrtime.bigint();
        inFlightMax = Math.max(inFlightMax, ++inFlight);
        for (let turn = 0; turn <= task.index % 3; turn++) await nextTurn();
        inFlight--;
        run(task);
        state.leave(task.index);
        return { outcome: 'inserted', reason: null, worker: 1, startedAt, endedAt: process.hrtime.bigint() };
      },
    },
  });
  return { ended, heard, inFlightMax, state };
}

describe('the attempts of a run', () => {
  it('are one for each row, never more at a time than there are threads, each after what it waits for', async () => {
    const { ended, heard, inFlightMax, state } = await attempts(() => undefined, { threadsMax: 7 });
    expect(inFlightMax).toBe(7);
    expect(state).toMatchObject({ inFlight: 0, inFlightMax: 7 });
    expect(heard).toEqual(ended);
    const places = new Map(ended.map(({ index }, place) => [index, place]));
    expect(places.size).toBe(30);
    for (const { index, after } of plan)
      for (const each of after) expect(places.get(each)).toBeLessThan(places.get(index)!);
  });

  it('are failed rows where a thread failed, and nobody counts as in flight for it', async () => {
    const { ended, state } = await attempts(({ index }) => {
      if (index % 5 === 0) throw new Error('gone');
    });
    expect(ended).toHaveLength(30);
    expect(ended.filter(({ outcome }) => outcome === 'error').map(({ reason }) => reason)).toEqual(
      Array(6).fill('The thread failed: gone'),
    );
    expect(state.inFlight).toBe(0);
  });

  it('are those in flight, and no more, when the run is told to end', async () => {
    const controller = new AbortController();
    let done = 0;
    const { ended, heard } = await attempts(
      () => {
        if (++done === 10) controller.abort();
      },
      { signal: controller.signal },
    );
    expect(ended.length).toBeGreaterThanOrEqual(10);
    expect(ended.length).toBeLessThanOrEqual(13);
    expect(heard).toEqual(ended);
  });
});
