import { Pool, type PoolClient, type PoolConfig } from 'pg';
import type { DataSource } from 'typeorm';
import { errorCode, SqlState } from './sql-state';

/** So long no new connection is asked of a server that has none left. */
const HOLD_MS = 2000;

type Callback = (error: Error | undefined, client: PoolClient | undefined, done: (release?: unknown) => void) => void;

/**
 * A pool that goes on with the connections it has when the server gives no more, because others took them: who asks waits for one
 * that becomes free, as in a pool that is full. node-postgres fails whoever happens to need a new connection: with one that was busy
 * and the server full, three requests in four got 503.
 */
export class SteadyPool extends Pool {
  private readonly sizeMax: number;
  private readonly timeoutMs: number;
  private timer: NodeJS.Timeout | undefined;

  constructor(config: PoolConfig) {
    super(config);
    this.sizeMax = this.options.max;
    this.timeoutMs = config.connectionTimeoutMillis || Infinity;
  }

  override connect(): Promise<PoolClient>;
  override connect(callback: Callback): void;
  override connect(callback?: Callback): Promise<PoolClient> | void {
    if (callback) return this.connectSteadily(callback);
    return new Promise((resolve, reject) =>
      this.connectSteadily((error, client) => (error ? reject(error) : resolve(client!))),
    );
  }

  private connectSteadily(callback: Callback, begun = performance.now()): void {
    super.connect((error, client, done) => {
      const isRefused = errorCode(error) === SqlState.TOO_MANY_CONNECTIONS && this.totalCount > 0;
      if (!isRefused || performance.now() - begun > this.timeoutMs) return callback(error, client, done);
      this.hold();
      this.connectSteadily(callback, begun);
    });
  }

  /** As large as it is, for a moment; smaller with each connection that was on its way and is refused as well. */
  private hold(): void {
    Object.assign(this.options, { max: this.totalCount });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      Object.assign(this.options, { max: this.sizeMax });
    }, HOLD_MS);
    this.timer.unref();
  }
}

/** The pool of a data source, which TypeORM gives no type. */
export function poolOf({ driver }: DataSource): Pool {
  if ('master' in driver && driver.master instanceof Pool) return driver.master;
  throw new Error('The data source has no pool: it is not connected.');
}
