import { setTimeout as sleep } from 'node:timers/promises';
import { Counter } from 'prom-client';
import { errorCode } from '../database/sql-state';
import type { Logger } from '../logging/logger';
import { registry } from '../metrics/registry';

const unhandled = new Counter({
  name: 'process_unhandled_rejections_total',
  help: 'Rejected promises that nobody waited for: each is a mistake in the code',
  registers: [registry],
});

export interface Stoppable {
  close(): Promise<void>;
}

export interface StopTimes {
  /** So long a process that was told to stop still serves, not ready any more, before it closes. */
  drainMs?: number;
  /** From the signal on; closing ends then, done or not. */
  deadlineMs: number;
}

let stopping = false;

/** Whether this process was told to stop: it is not ready for anything new, and whoever holds a connection should leave it. */
export function isStopping(): boolean {
  return stopping;
}

/**
 * Closes the app on SIGTERM, SIGINT, or when the supervisor that started this process goes away, then exits with 0. First it
 * serves on for a moment while it says that it is not ready, so that balancers send nobody any more. A close that is not done by
 * the deadline (a queue connection can hang when its server is gone) ends the process with 1 anyway.
 */
export function closeOnSignal(app: Stoppable, logger: Logger, { drainMs = 0, deadlineMs }: StopTimes): void {
  const close = async (cause: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    logger.info({ cause, drain_ms: drainMs }, 'process.stopping');
    setTimeout(() => {
      logger.error({ deadline_ms: deadlineMs }, 'process.stop_deadline_passed');
      process.exit(1);
    }, deadlineMs).unref();
    try {
      await sleep(drainMs);
      await app.close();
      logger.info('process.stopped');
      process.exit(process.exitCode ?? 0);
    } catch (error) {
      logger.error({ err: error }, 'process.stop_failed');
      process.exit(1);
    }
  };
  survive(logger, () => void close('uncaught exception'));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void close(signal));
  if (!process.send) return;
  process.on('disconnect', () => {
    // The reader of our output went with the supervisor, and pino tries for ever to flush into a closed pipe on exit.
    logger.level = 'silent';
    void close('supervisor gone');
  });
}

/**
 * A rejection that nobody waited for is logged and counted, and the process goes on: what matters is in Postgres, and ending
 * would cut off hundreds of strangers for one mistake. After an uncaught exception nobody knows what was left half done: it closes,
 * answering what it can.
 */
function survive(logger: Logger, close: () => void): void {
  process.on('unhandledRejection', (reason) => {
    unhandled.inc();
    logger.error({ err: reason }, 'process.unhandled_rejection');
  });
  process.on('uncaughtException', (error) => {
    process.exitCode = 1;
    logger.fatal({ err: error }, 'process.uncaught_exception');
    close();
  });
}

/** Prints why a process could not start, one sentence for what a person can mend, and exits with 1. */
export function exitOnBootFailure(error: unknown): never {
  const message = isPortTaken(error)
    ? `port ${error.port} is in use. Stop the program that uses it, or set another port.`
    : error instanceof Error
      ? error.message
      : String(error);
  process.stderr.write(`Could not start: ${message}\n`);
  if (process.env.LOG_LEVEL === 'debug' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exit(1);
}

function isPortTaken(error: unknown): error is { port: number } {
  return errorCode(error) === 'EADDRINUSE';
}
