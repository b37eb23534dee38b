import type { Tally } from './follow-orders';
import { loadReport, type LoadRun, succeeded } from './load-report';
import type { Sent } from './send-orders';

const sent = (given: Partial<Sent> = {}): Sent => ({
  createdIds: new Set(['a', 'b', 'c']),
  rejected: 0,
  failed: 0,
  reasons: new Map(),
  latenciesMs: [4, 120, 8.25],
  elapsedMs: 500,
  ...given,
});
const tally = (given: Partial<Tally> = {}): Tally => ({
  byStatus: new Map([['delivered', 3]]),
  lost: [],
  unacknowledged: 0,
  deliveryMs: [3000, 9000, 4000],
  untilLastDeliveryMs: 9400,
  ...given,
});

describe('loadReport', () => {
  it('has a figure a line, aligned', () => {
    expect(loadReport({ sent: sent(), end: 'all_final', tally: tally() })).toBe(
      [
        'Created                3',
        'Rejected (4xx)         0',
        'Failed (5xx, network)  0',
        'Rate                   6 orders/s',
        'POST                   p50 8.3 ms, p95 120 ms, p99 120 ms',
        'Placed to delivered    p50 4.0 s, p95 9.0 s, p99 9.0 s',
        'All delivered          9.4 s after the first was placed',
        'Orders by status       delivered 3',
      ].join('\n'),
    );
  });

  it('names the reasons, the lost, the unanswered and the unfinished', () => {
    const report = loadReport({
      sent: sent({
        rejected: 2,
        failed: 1,
        reasons: new Map([
          ['ECONNRESET', 1],
          ['409 X', 2],
        ]),
      }),
      end: 'timed_out',
      tally: tally({ lost: ['a'], unacknowledged: 1 }),
    });
    for (const part of [
      / {2}409 X +2\n {2}ECONNRESET +1/,
      /LOST +1, such as a/,
      /Placed unanswered +1/,
      /NOT FINISHED/,
    ])
      expect(report).toMatch(part);
  });

  it('says what it has when it was stopped before anything was answered', () => {
    const nothing = sent({ createdIds: new Set(), latenciesMs: [], elapsedMs: 0 });
    expect(loadReport({ sent: nothing })).toMatch(/Rate +0 orders\/s\nPOST +none\nStopped/);
  });
});

describe('succeeded', () => {
  it.each<[string, LoadRun, boolean]>([
    ['all well', { sent: sent(), end: 'all_final', tally: tally() }, true],
    ['refusals are proper answers', { sent: sent({ rejected: 5 }), end: 'all_final', tally: tally() }, true],
    ['a failure', { sent: sent({ failed: 1 }), end: 'all_final', tally: tally() }, false],
    ['a lost order', { sent: sent(), end: 'all_final', tally: tally({ lost: ['a'] }) }, false],
    ['unfinished orders', { sent: sent(), end: 'timed_out', tally: tally() }, false],
    ['orders that could not be read back', { sent: sent(), end: 'all_final' }, false],
  ])('%s', (_, run, expected) => {
    expect(succeeded(run)).toBe(expected);
  });
});
