import { errorCode, SqlState } from '@app/platform';

/** What was committed since the first look makes a request a repetition: the transaction has to look again. */
export class ConcurrentDuplicateError extends Error {
  readonly code = 'OVERTAKEN';
}

/** Somebody committed the same id, reference or key after this transaction had looked for it: it is run again, and finds that one. */
export const RETRY_ON_CONCURRENT_DUPLICATE = {
  retryWhen: (error: unknown) =>
    error instanceof ConcurrentDuplicateError || errorCode(error) === SqlState.UNIQUE_VIOLATION,
};
