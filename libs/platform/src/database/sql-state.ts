import { QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';

/** SQLSTATE codes that the product decides on (PostgreSQL manual, appendix A). Compare these, never messages. */
export const SqlState = {
  UNIQUE_VIOLATION: '23505',
  CHECK_VIOLATION: '23514',
  SERIALIZATION_FAILURE: '40001',
  DEADLOCK_DETECTED: '40P01',
  LOCK_NOT_AVAILABLE: '55P03',
  QUERY_CANCELED: '57014',
  ADMIN_SHUTDOWN: '57P01',
  CRASH_SHUTDOWN: '57P02',
  CANNOT_CONNECT_NOW: '57P03',
  TOO_MANY_CONNECTIONS: '53300',
  READ_ONLY: '25006',
  DISK_FULL: '53100',
  IDLE_IN_TRANSACTION: '25P03',
} as const;

/** Code of our own beside the server's: it took a statement and did not answer in time. */
export const NO_ANSWER = 'NO_ANSWER';

interface DriverError {
  code?: string;
  message?: string;
  constraint?: string;
  driverError?: DriverError;
}

/** The SQLSTATE or socket error code of a failed query, whether TypeORM wrapped it or not. */
export function errorCode(error: unknown): string | undefined {
  const { driverError, code } = driverErrorOf(error);
  return driverError?.code ?? code;
}

/** The constraint that refused a write. */
export function violatedConstraint(error: unknown): string | undefined {
  const { driverError, constraint } = driverErrorOf(error);
  return driverError?.constraint ?? constraint;
}

/** What was thrown, as the driver throws it: anything else has none of these members. */
function driverErrorOf(error: unknown): DriverError {
  return typeof error === 'object' && error !== null ? error : {};
}

const SERVER_GONE = new Set<string>([SqlState.ADMIN_SHUTDOWN, SqlState.CRASH_SHUTDOWN, SqlState.CANNOT_CONNECT_NOW]);
const SOCKET_ERRORS = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  NO_ANSWER,
]);
const CONTENTION = new Set<string>([
  SqlState.SERIALIZATION_FAILURE,
  SqlState.DEADLOCK_DETECTED,
  SqlState.LOCK_NOT_AVAILABLE,
]);

/** The connection or the server went away: class 08, a shutdown, a socket error, or the driver saying so. */
export function isConnectionLoss(error: unknown): boolean {
  const code = errorCode(error);
  if (code !== undefined) return code.startsWith('08') || SERVER_GONE.has(code) || SOCKET_ERRORS.has(code);
  if (wasNeverSent(error)) return true;
  // node-postgres reports these without a code.
  return (
    error instanceof Error &&
    /Connection terminated|Client has encountered a connection error|Client was closed/.test(error.message)
  );
}

/** TypeORM lets go of a connection the moment it breaks: the next statement on it gets one of these, of its own making. */
export function wasNeverSent(error: unknown): boolean {
  return error instanceof QueryRunnerAlreadyReleasedError || error instanceof QueryRunnerProviderAlreadyReleasedError;
}

/** The server was silent for longer than a statement may take. Another try would wait as long. */
export function isNoAnswer(error: unknown): boolean {
  return errorCode(error) === NO_ANSWER;
}

/** Two transactions got in each other's way: running the whole transaction again is right. */
export function isContention(error: unknown): boolean {
  return CONTENTION.has(errorCode(error) ?? '');
}

/** A lock was not to be had in time. */
export function isLockTimeout(error: unknown): boolean {
  return errorCode(error) === SqlState.LOCK_NOT_AVAILABLE;
}

/**
 * The server is there but in trouble: a statement took too long, the disk or memory is full, a file of it cannot be read or is gone,
 * it is read-only after a failover.
 */
export function isServerTrouble(error: unknown): boolean {
  const code = errorCode(error) ?? '';
  return (
    code === SqlState.QUERY_CANCELED ||
    code === SqlState.IDLE_IN_TRANSACTION ||
    code === SqlState.READ_ONLY ||
    code.startsWith('53') ||
    code.startsWith('58')
  );
}

/** No connection could be had in time: the pool is exhausted, or the server takes no more or does not answer. */
export function isPoolExhausted(error: unknown): boolean {
  if (errorCode(error) === SqlState.TOO_MANY_CONNECTIONS) return true;
  return (
    error instanceof Error &&
    /timeout exceeded when trying to connect|due to connection timeout|timeout expired/.test(error.message)
  );
}

/** Nothing is wrong with what was asked: the database is away, busy or in trouble, and the same may succeed a moment later. */
export function isDatabaseUnavailable(error: unknown): boolean {
  return isConnectionLoss(error) || isPoolExhausted(error) || isContention(error) || isServerTrouble(error);
}
