import { type Config, errorCode, isContention, isDatabaseUnavailable, type Logger } from '@app/platform';
import { QueueUnavailableError } from '../errors';

const SAID_EVERY_MS = 60_000;

/** Whether a command failed because the server of the queues is away, and not because of what was asked. */
export function isQueueAway(error: unknown): boolean {
  if (error instanceof QueueUnavailableError) return true;
  // A server that ends one of two transactions that wait for each other is there.
  if (isDatabaseUnavailable(error)) return !isContention(error);
  // ioredis gives these no code.
  return (
    error instanceof Error &&
    /Connection is closed|isn't writeable|Command timed out|max retries per request/.test(error.message)
  );
}

/**
 * Says once, and then once a minute, that the server of the queues is away: each of a worker's dozen connections reports each of its
 * attempts, and what a person needs to know of all that is one sentence with an address.
 */
export class ServerTrouble {
  private readonly server: string;
  private saidAt = -Infinity;
  private isAway = false;

  constructor(
    config: Config,
    private readonly logger: Logger,
  ) {
    const { hostname, port } = new URL(config.REDIS_URL ?? config.databaseUrl);
    this.server = `${config.REDIS_URL ? 'Redis' : 'Postgres'} at ${hostname}:${port || (config.REDIS_URL ? 6379 : 5432)}`;
  }

  away(error: unknown, now = performance.now()): void {
    this.logger.debug({ err: error }, 'queue.connection_error');
    this.isAway = true;
    if (now - this.saidAt < SAID_EVERY_MS) return;
    this.saidAt = now;
    const reason = errorCode(error) ?? (error instanceof Error ? error.message : 'no reason given');
    this.logger.warn(
      `queue.unreachable: ${this.server} does not answer (${reason}). Orders are taken, and go on when it is back.`,
    );
  }

  /** It answered. */
  over(): void {
    if (!this.isAway) return;
    this.isAway = false;
    this.saidAt = -Infinity;
    this.logger.info(`queue.reachable: ${this.server} answers.`);
  }
}
