import type { LoggerService } from '@nestjs/common';
import pino, { type DestinationStream, type Logger, type LoggerOptions } from 'pino';
import type { Config } from '../config/load-config';
import { GatheredLines } from './gathered-lines';

export type { Logger } from 'pino';

/** Injection token of {@link Logger}. Usage: `logger.info({ order_id: orderId }, 'order.placed')`: fields in snake_case, event name last, no personal data. */
export const LOGGER = Symbol('Logger');

/**
 * The logger of one process: JSON lines, or readable ones on a terminal. Lines are written together, many at a time, because a
 * write for each took a tenth of the time of a request; what waits is written when the process exits, and is lost with a SIGKILL.
 * They go to standard output, unless `output` says otherwise.
 */
export function createLogger(
  config: Pick<Config, 'LOG_LEVEL' | 'logFormat'>,
  processName: string,
  output?: DestinationStream,
): Logger {
  const options: LoggerOptions = {
    level: config.LOG_LEVEL,
    base: { process: processName },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: withoutValues },
  };
  if (output) return pino(options, output);
  if (config.logFormat === 'pretty')
    return pino({
      ...options,
      transport: {
        target: 'pino-pretty',
        options: { translateTime: 'SYS:HH:MM:ss.l', ignore: 'pid,hostname,process', singleLine: true },
      },
    });
  return pino(options, new GatheredLines());
}

/** Where drivers and TypeORM put a statement and its values. */
const VALUES = new Set(['query', 'parameters', 'driverError', 'detail', 'where']);

/** What an error says, without the statement of the database that failed: its values are names, addresses and hashes of passwords. */
function withoutValues(error: Error): object {
  return Object.fromEntries(Object.entries(pino.stdSerializers.err(error)).filter(([name]) => !VALUES.has(name)));
}

/** Lets Nest's own messages go through the same logger. Its start-up chatter is debug here. */
export function nestLogger(logger: Logger): LoggerService {
  const line =
    (level: 'debug' | 'warn' | 'error' | 'fatal') =>
    (message: unknown, ...details: unknown[]) => {
      const context = details.at(-1);
      const error = message instanceof Error ? message : undefined;
      logger[level](
        { context, err: error, stack: level === 'error' && details.length > 1 ? details[0] : undefined },
        error?.message ?? String(message),
      );
    };
  return {
    log: line('debug'),
    error: line('error'),
    warn: line('warn'),
    debug: line('debug'),
    verbose: line('debug'),
    fatal: line('fatal'),
  };
}
