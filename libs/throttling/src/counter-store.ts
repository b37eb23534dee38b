import type { Config, RateLimit } from '@app/platform';
import Redis from 'ioredis';
import { type RateLimiterAbstract, RateLimiterPostgres, RateLimiterRedis } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';

/** A frozen Redis costs one request so long now and then, and nobody else anything. */
const COMMAND_TIMEOUT_MS = 900;
const CONNECT_TIMEOUT_MS = 2000;
const SOCKET_TIMEOUT_MS = 2000;
const RECONNECT_AFTER_MS_MAX = 1000;

/** Where all API processes count together. */
export interface CounterStore {
  readonly name: 'redis' | 'postgres';
  /** Counters of one limit. */
  counters(limitName: string, limit: RateLimit): RateLimiterAbstract;
  /** False when it is known that it cannot be asked. */
  isConnected(): boolean;
  open(): Promise<void>;
  close(): void;
}

/** On Redis when there is one, else in a table of Postgres. */
export function counterStore(config: Config, dataSource: DataSource): CounterStore {
  return config.REDIS_URL ? new RedisStore(config.REDIS_URL) : new PostgresStore(dataSource);
}

class RedisStore implements CounterStore {
  readonly name = 'redis';
  private readonly client: Redis;

  constructor(url: string) {
    this.client = new Redis(url, {
      lazyConnect: true,
      // A request that is counted is not worth waiting for: it goes on uncounted.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      commandTimeout: COMMAND_TIMEOUT_MS,
      connectTimeout: CONNECT_TIMEOUT_MS,
      // A connection whose other end vanished without a word is given up and made anew.
      socketTimeout: SOCKET_TIMEOUT_MS,
      retryStrategy: (attempt) => Math.min(100 * attempt, RECONNECT_AFTER_MS_MAX),
      connectionName: 'order-fulfillment rate limits',
    });
    // It connects again by itself; that it is away is seen by isConnected.
    this.client.on('error', () => undefined);
  }

  counters(limitName: string, { requests, windowSeconds }: RateLimit): RateLimiterAbstract {
    return new RateLimiterRedis({
      storeClient: this.client,
      keyPrefix: `rate-limit:${limitName}`,
      points: requests,
      duration: windowSeconds,
    });
  }

  isConnected(): boolean {
    return this.client.status === 'ready';
  }

  async open(): Promise<void> {
    await this.client.connect();
  }

  close(): void {
    this.client.disconnect();
  }
}

class PostgresStore implements CounterStore {
  readonly name = 'postgres';

  constructor(private readonly dataSource: DataSource) {}

  counters(limitName: string, { requests, windowSeconds }: RateLimit): RateLimiterAbstract {
    return new RateLimiterPostgres({
      storeClient: this.dataSource,
      storeType: 'typeorm',
      schemaName: 'throttling',
      tableName: 'counters',
      tableCreated: true,
      keyPrefix: limitName,
      points: requests,
      duration: windowSeconds,
    });
  }

  /** The pool itself knows only when it is asked. */
  isConnected(): boolean {
    return true;
  }

  async open(): Promise<void> {
    // The pool is there before this.
  }

  close(): void {
    // It is not ours.
  }
}
