import { BATCH_STATES, BATCH_STATUSES, BATCHES_UNDER_WAY, BatchStatus, batchStatusAfter } from './batch-status';

/** The whole table once more, pair by pair, so that no edit of one goes unnoticed. */
const ALLOWED = ['pending → processing', 'processing → success', 'processing → partial', 'processing → failed'];

const PAIRS = BATCH_STATUSES.flatMap((from) => BATCH_STATUSES.map((to): [BatchStatus, BatchStatus] => [from, to]));

describe('batch status', () => {
  it.each(PAIRS)('%s → %s is as the design says', (from, to) => {
    expect(BATCH_STATES.canTransition(from, to)).toBe(ALLOWED.includes(`${from} → ${to}`));
  });

  it('ends in success, partial and failed', () => {
    expect(BATCHES_UNDER_WAY).toEqual(['pending', 'processing']);
  });

  it.each<[successful: number, failed: number, BatchStatus]>([
    [0, 0, 'processing'],
    [2, 0, 'processing'],
    [1, 1, 'processing'],
    [3, 0, 'success'],
    [2, 1, 'partial'],
    [0, 3, 'failed'],
  ])('is, with %s of three orders placed and %s refused, %s', (successful, failed, status) => {
    expect(batchStatusAfter(3, successful, failed)).toBe(status);
  });
});
