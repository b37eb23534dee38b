import { RUN_STATES, RUN_STATUSES, RUNS_UNDER_WAY, type RunStatus } from './run-status';

/** The whole table once more, pair by pair, so that no edit of one goes unnoticed. */
const ALLOWED = ['queued → running', 'queued → failed', 'running → queued', 'running → completed', 'running → failed'];

const PAIRS = RUN_STATUSES.flatMap((from) => RUN_STATUSES.map((to): [RunStatus, RunStatus] => [from, to]));

describe('run status', () => {
  it.each(PAIRS)('%s → %s is as the design says', (from, to) => {
    expect(RUN_STATES.canTransition(from, to)).toBe(ALLOWED.includes(`${from} → ${to}`));
  });

  it('ends in completed and failed', () => {
    expect(RUNS_UNDER_WAY).toEqual(['queued', 'running']);
  });
});
