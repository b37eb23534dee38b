import { DomainError, isDatabaseUnavailable } from '@app/platform';
import { type Backoff, DEFAULT_BACKOFF } from '../subscriptions/subscription';

/**
 * A job that failed for an unknown reason this often, or stopped its worker this often, becomes a dead letter, unless its subscription
 * says otherwise.
 */
export const JOB_ATTEMPTS_MAX = 8;

const APART_MS_MAX = 2000;

/**
 * What a failed job deserves. What is unavailable comes back: retry without a bound, or an outage of a minute would turn every due
 * job into a dead letter. Unknown errors may pass: retry, up to `attemptsMax` failures. The other kinds would fail the same way
 * again: dead letter at once.
 */
export function afterFailure(
  error: unknown,
  failures: number,
  attemptsMax = JOB_ATTEMPTS_MAX,
): 'retry' | 'dead_letter' {
  if (isUnavailable(error)) return 'retry';
  if (error instanceof DomainError) return 'dead_letter';
  return failures < attemptsMax ? 'retry' : 'dead_letter';
}

/** How long a job waits after so many failures: doubling, half of it by chance, so that a crowd does not come back at once. */
export function backoffMs(failures: number, { firstMs, maxMs }: Backoff = DEFAULT_BACKOFF): number {
  const ceiling = Math.min(maxMs, firstMs * 2 ** (failures - 1));
  return Math.round(ceiling * (0.5 + Math.random() / 2));
}

/**
 * How long a job waits that was running when its worker stopped. Those that were running together come back together, and one of
 * them may be what stops workers: beginning at different moments, the others get done before it strikes again.
 */
export function apartMs(): number {
  return Math.round(Math.random() * APART_MS_MAX);
}

function isUnavailable(error: unknown): boolean {
  if (error instanceof DomainError) return error.kind === 'unavailable';
  return isDatabaseUnavailable(error);
}
