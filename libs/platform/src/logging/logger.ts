import type { LoggerService } from '@nestjs/common';
import pino, { type Logger } from 'pino';
import type { Config } from '../config/environment';
import { requestContext } from './request-context';

export type { Logger } from 'pino';

/** Injection token of {@link Logger}. Usage: `logger.info({ orderId }, 'order.placed')`: event name last, no personal data. */
export const LOGGER = Symbol('Logger');

/** The logger of one process: JSON lines, or readable ones on a terminal; every line inside a request carries its id. */
export function createLogger(config: Pick<Config, 'LOG_LEVEL' | 'logFormat'>, processName: string): Logger {
  return pino({
    level: config.LOG_LEVEL,
    base: { process: processName },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: () => {
      const context = requestContext();
      return context ? { request_id: context.requestId } : {};
    },
    ...(config.logFormat === 'pretty'
      ? {
          transport: {
            target: 'pino-pretty',
            options: { translateTime: 'SYS:HH:MM:ss.l', ignore: 'pid,hostname,process', singleLine: true },
          },
        }
      : {}),
  });
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
