import type { Attempt } from '../contracts/attempt';
import { runReportSchema } from '../contracts/run-report';
import { simulationOptionsSchema } from '../contracts/simulation-options';
import { buildReport, nearestRank, overlappingCount } from './build-report';

const attempt = (index: number, startMs: number, endMs: number, more: Partial<Attempt> = {}): Attempt => ({
  index,
  entity: 'user',
  thread: `UserThread-${index + 1}`,
  worker: 1,
  store: 'users_db',
  rowId: index + 1,
  details: '',
  values: '',
  outcome: 'inserted',
  reason: null,
  startMs,
  endMs,
  ...more,
});

const record = (attempts: Attempt[], users: number) => ({
  runId: '0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11',
  options: simulationOptionsSchema.parse({}),
  startedAt: new Date(0),
  endedAt: new Date(1000),
  end: 'all_attempted' as const,
  engineVersion: 'PostgreSQL 18.4',
  stores: { user: ['users_db'], product: ['products_db'], order: ['orders_db'] },
  rowCounts: { user: users, product: 0, order: 0 },
  validated: attempts.length,
  inFlightMax: 2,
  attempts,
});

describe('the report', () => {
  it('adds up, and counts equal reasons together', () => {
    const refused = { outcome: 'invalid' as const, reason: 'User validation errors: Email already exists: a@b.c' };
    const report = runReportSchema.parse(
      buildReport(
        record([attempt(0, 0, 10), attempt(1, 5, 20, refused), attempt(2, 20, 40, { ...refused, reason: 'lost' })], 5),
      ),
    );
    expect(report.tables[0]).toMatchObject({
      table: 'USERS',
      rows: 5,
      inserted: 1,
      failed: 2,
      notAttempted: 2,
      successRatePercent: 33.3,
      durationsMs: { p50: 15, p95: 20, max: 20 },
      commonIssues: [
        { reason: 'Email already exists', count: 1 },
        { reason: 'lost', count: 1 },
      ],
    });
    expect(report).toMatchObject({
      executionMs: 40,
      summary: { rowsPerSecond: 25, overlap: { inFlightAverage: 1.13, overlapping: 2 } },
    });
  });

  it('has figures for a run in which nothing was attempted', () => {
    const report = runReportSchema.parse(buildReport(record([], 3)));
    expect(report.summary).toMatchObject({ rows: 3, notAttempted: 3, successRatePercent: 0, durationsMs: null });
  });

  it.each([
    [[], 0],
    [[[0, 5]], 0],
    [
      [
        [0, 5],
        [5, 9],
      ],
      0,
    ],
    [
      [
        [0, 9],
        [1, 2],
        [8, 10],
        [11, 12],
      ],
      3,
    ],
    [
      [
        [3, 4],
        [0, 5],
        [6, 7],
      ],
      2,
    ],
  ])('knows which intervals overlap: %j', (intervals, count) => {
    expect(overlappingCount(intervals.map(([startMs = 0, endMs = 0]) => ({ startMs, endMs })))).toBe(count);
  });

  it.each([
    [50, 2],
    [95, 4],
    [0, 1],
  ])('takes the nearest rank for percentile %d', (percent, value) => {
    expect(nearestRank([1, 2, 3, 4], percent)).toBe(value);
  });
});
