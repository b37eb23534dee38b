import type { Attempt, RunReport } from '@app/simulation';

/** A report of a run with the built-in rows and the strict rules, as a person would get it: 26 of 30 inserted. */
export function aRunReport(given: Partial<RunReport> = {}): RunReport {
  const attempts = given.attempts ?? builtinAttempts();
  const countsOf = (of: readonly Attempt[]) => {
    const inserted = of.filter(({ outcome }) => outcome === 'inserted').length;
    const successRatePercent = of.length === 0 ? 0 : Math.round((1000 * inserted) / of.length) / 10;
    const durationsMs = of.length === 0 ? null : { p50: 4.2, p95: 9.8, max: 12.3 };
    return {
      rows: of.length,
      inserted,
      failed: of.length - inserted,
      notAttempted: 0,
      successRatePercent,
      durationsMs,
    };
  };
  const tables = (['user', 'product', 'order'] as const).map((entity) => ({
    entity,
    table: `${entity.toUpperCase()}S`,
    stores: [`${entity}s_db`],
    ...countsOf(attempts.filter((attempt) => attempt.entity === entity)),
    commonIssues: entity === 'product' ? [{ reason: 'Price cannot be negative', count: 1 }] : [],
  }));
  return {
    runId: '0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c12',
    startedAt: '2026-11-29T18:05:06.000Z',
    endedAt: '2026-11-29T18:05:09.050Z',
    end: 'all_attempted',
    executionMs: 3050,
    options: {
      rows: 'builtin',
      threads: 10,
      rules: 'strict',
      engine: 'postgres',
      shards: 1,
      delayMs: 0,
      keepRows: false,
    },
    environment: {
      engineVersion: 'PostgreSQL 18.4',
      version: '0.1.0',
      node: 'v20.20.2',
      platform: 'linux x64',
      cpus: 2,
      memoryBytes: 8 * 2 ** 30,
    },
    tables,
    summary: {
      ...countsOf(attempts),
      validated: attempts.length,
      rowsPerSecond: 8.5,
      overlap: { inFlightMax: 10, inFlightAverage: 7.41, overlapping: 30 },
    },
    attempts,
    ...given,
  };
}

/** One attempt that was inserted. */
export function anAttempt(given: Partial<Attempt> = {}): Attempt {
  const { index = 0, entity = 'user', rowId = index + 1 } = given;
  return {
    index,
    entity,
    thread: `UserThread-${rowId}`,
    worker: (index % 10) + 1,
    store: `${entity}s_db`,
    rowId,
    details: `User(id=${rowId}, name='Alice', email='alice@example.com')`,
    values: `(${rowId}, 'Alice', 'alice@example.com')`,
    outcome: 'inserted',
    reason: null,
    startMs: index * 100,
    endMs: index * 100 + 850,
    ...given,
  };
}

function builtinAttempts(): Attempt[] {
  const failed: Record<number, string> = {
    7: 'User validation errors: Email is taken: alice@example.com',
    9: 'User validation errors: Name cannot be empty, Name must be at least 2 characters long',
    19: 'Product validation errors: Price cannot be negative: -50.00',
    28: 'Order validation errors: Quantity must be positive: -1',
  };
  return Array.from({ length: 30 }, (_, index) => {
    const entity = (['user', 'product', 'order'] as const)[Math.floor(index / 10)]!;
    const rowId = (index % 10) + 1;
    const name = entity.charAt(0).toUpperCase() + entity.slice(1);
    const details = {
      user: `User(id=${rowId}, name='Charlie', email='charlie${rowId}@example.com')`,
      product: `Product(id=${rowId}, name='Gaming Chair', price=${rowId * 50}.00)`,
      order: `Order(id=${rowId}, user_id=${rowId}, product_id=${rowId}, quantity=2)`,
    }[entity];
    const reason = failed[index] ?? null;
    const outcome = reason === null ? 'inserted' : 'invalid';
    return anAttempt({
      index,
      entity,
      rowId,
      thread: `${name}Thread-${rowId}`,
      details,
      reason,
      outcome,
      values: details,
    });
  });
}
