import { DomainError } from '@app/platform';

/** A job that failed or killed its worker this many times becomes a dead letter. */
export const JOB_ATTEMPTS_MAX = 8;

/**
 * What a failed job deserves. Unknown and `unavailable` errors may pass: retry, with the queue's exponential backoff and
 * jitter, up to {@link JOB_ATTEMPTS_MAX} starts. The other kinds would fail the same way again: dead letter at once.
 */
export function afterFailure(error: unknown, attempt: number): 'retry' | 'dead_letter' {
  if (error instanceof DomainError && error.kind !== 'unavailable') return 'dead_letter';
  return attempt < JOB_ATTEMPTS_MAX ? 'retry' : 'dead_letter';
}
