import { DomainError, type ErrorKind, UnavailableError } from '@app/platform';
import { afterFailure, apartMs, backoffMs, JOB_ATTEMPTS_MAX } from './retry-policy';

class Failure extends DomainError {
  readonly code = 'TEST';
  constructor(readonly kind: ErrorKind) {
    super('test');
  }
}

describe('what a failed job deserves', () => {
  it.each<[ErrorKind, string]>([
    ['invalid', 'dead_letter'],
    ['not_found', 'dead_letter'],
    ['conflict', 'dead_letter'],
    ['forbidden', 'dead_letter'],
    ['precondition_failed', 'dead_letter'],
    ['key_reused', 'dead_letter'],
    ['unavailable', 'retry'],
  ])('%s: %s', (kind, verdict) => {
    expect(afterFailure(new Failure(kind), 1)).toBe(verdict);
  });

  it.each([new Error('unknown'), 'not even an error'])('retries %s a bounded number of times', (error) => {
    expect(afterFailure(error, JOB_ATTEMPTS_MAX - 1)).toBe('retry');
    expect(afterFailure(error, JOB_ATTEMPTS_MAX)).toBe('dead_letter');
    expect(afterFailure(error, 2, 3)).toBe('retry');
    expect(afterFailure(error, 3, 3)).toBe('dead_letter');
  });

  it.each([new UnavailableError('away'), Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })])(
    'retries %s for as long as it takes',
    (error) => {
      expect(afterFailure(error, 1000)).toBe('retry');
    },
  );

  it('lets jobs that were in a crash together begin two seconds apart at most, and not together', () => {
    const pauses = Array.from({ length: 50 }, () => apartMs());
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(2000);
    expect(new Set(pauses).size).toBeGreaterThan(10);
  });

  it('waits longer and longer, up to half a minute', () => {
    expect(backoffMs(1)).toBeLessThanOrEqual(500);
    expect(backoffMs(5)).toBeGreaterThanOrEqual(4000);
    expect(backoffMs(50)).toBeGreaterThanOrEqual(15_000);
    expect(backoffMs(50)).toBeLessThanOrEqual(30_000);
  });

  it('waits as its subscription says', () => {
    const backoff = { firstMs: 60_000, maxMs: 3_600_000 };
    expect(backoffMs(1, backoff)).toBeGreaterThanOrEqual(30_000);
    expect(backoffMs(50, backoff)).toBeGreaterThanOrEqual(1_800_000);
    expect(backoffMs(50, backoff)).toBeLessThanOrEqual(3_600_000);
  });
});
