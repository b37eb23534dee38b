import { errorCode, isConnectionLoss } from '@app/platform';

const EXIT_INTERRUPTED = 130;

/** SQLSTATEs that mean: the tables are not the ones that this version was written for. */
const SCHEMA_MISSING = new Set(['42P01', '3F000', '42703', '42883']);
/** Wrong password, role or database: the server is there and says what is wrong. */
const REFUSED_BY_SERVER = /^(28|3D)/;

/** The person asked to stop. */
export class InterruptedError extends Error {
  constructor() {
    super('Stopped.');
  }
}

/** Prints why a command could not do its work, one sentence for what a person can mend, and exits with 1; with 130 after Ctrl-C. */
export function exitOnFailure(error: unknown): never {
  process.stderr.write(error instanceof InterruptedError ? `${error.message}\n` : `error: ${sentenceFor(error)}\n`);
  if (process.env.LOG_LEVEL === 'debug' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exit(error instanceof InterruptedError ? EXIT_INTERRUPTED : 1);
}

/** What happened, and what to do about it where that is known. */
export function sentenceFor(error: unknown): string {
  const code = errorCode(error);
  if (code !== undefined && SCHEMA_MISSING.has(code))
    return 'The database is not up to date: run `npm run migrate` first.';
  const message = messageOf(error);
  if (isConnectionLoss(error) || REFUSED_BY_SERVER.test(code ?? ''))
    return `The database cannot be used (${message}): is it running, and is DATABASE_URL right?`;
  return message;
}

/** A connection that fails on every address of a host has its reasons in a list and no message of its own. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError && !error.message) return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
