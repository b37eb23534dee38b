import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { DataSource } from 'typeorm';
import type { ContextName } from '../config/context-urls';
import { DomainError, UnavailableError } from '../errors/domain-error';
import { registry } from '../metrics/registry';
import {
  errorCode,
  isConnectionLoss,
  isContention,
  isLockTimeout,
  isNoAnswer,
  isPoolExhausted,
  isServerTrouble,
  wasNeverSent,
} from './sql-state';
import type { Tx } from './tx';

const ATTEMPTS_MAX = 6;
const BACKOFF_MS_BASE = 5;
const BACKOFF_MS_MAX = 250;

const retries = new Counter({
  name: 'database_transaction_retries_total',
  help: 'Transactions begun again, by SQLSTATE, socket error, or OVERTAKEN by a repetition',
  labelNames: ['cause'],
  registers: [registry],
});

/** What commits was sent and the connection was lost before its answer: the changes exist or they do not. */
export class CommitOutcomeUnknownError extends UnavailableError {
  override readonly code = 'COMMIT_OUTCOME_UNKNOWN';
}

/** What makes a write happen once, however often it is asked for: it runs first and last in the write's transaction. */
export interface Once<Result, Contexts extends ContextName> {
  /** Claims the write for this transaction. Throws when it was done before, or is being done. */
  begin: (tx: Tx<Contexts>) => Promise<void>;
  /** Remembers what was done, in the same transaction. */
  end: (tx: Tx<Contexts>, result: Result) => Promise<void>;
}

export interface RetryOptions {
  /** Errors besides contention and connection loss that a new transaction would resolve. */
  retryWhen?: (error: unknown) => boolean;
  /** A lock that was not to be had in time (55P03) is thrown as it is: the caller finds out what is locked. */
  throwsLockTimeout?: boolean;
}

export interface TransactionOptions<Result, Contexts extends ContextName> extends RetryOptions {
  once?: Once<Result, Contexts>;
}

/**
 * Runs work in one transaction and commits it. Contention (40001, 40P01, 55P03) and a connection lost before COMMIT
 * run the whole work again in a NEW transaction, with jitter, at most 6 times: a retry inside the aborted transaction
 * would do nothing. Throws UnavailableError when that was not enough or the server is silent, and CommitOutcomeUnknownError when
 * the connection was lost, or given up, during COMMIT. Whoever calls it again then needs an idempotency key.
 */
@Injectable()
export class Transactions<Contexts extends ContextName> {
  constructor(private readonly dataSource: DataSource) {}

  run<T>(work: (tx: Tx<Contexts>) => Promise<T>, options: TransactionOptions<T, Contexts> = {}): Promise<T> {
    const { once } = options;
    if (!once) return this.repeat(() => this.once(work), options);
    const claimed = async (tx: Tx<Contexts>) => {
      await once.begin(tx);
      const result = await work(tx);
      await once.end(tx, result);
      return result;
    };
    return this.repeat(() => this.once(claimed), options);
  }

  /**
   * Writes with ONE statement, which is a transaction of its own: no round trip for BEGIN, none for COMMIT while its locks are held.
   * `read` reads what it needs to know, and gives the statement, which is committed when its answer is there: the database has to
   * refuse what must not be. Both are run again where {@link run} would. Throws CommitOutcomeUnknownError when the connection is lost
   * while the statement runs.
   */
  runStatement<T>(
    read: (tx: Tx<Contexts>) => Promise<() => Promise<T>>,
    options: Pick<RetryOptions, 'throwsLockTimeout'> = {},
  ): Promise<T> {
    return this.repeat(async () => {
      const runner = this.dataSource.createQueryRunner();
      try {
        return await committing(await read(runner.manager));
      } finally {
        await runner.release();
      }
    }, options);
  }

  private async repeat<T>(once: () => Promise<T>, options: RetryOptions): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once();
      } catch (error) {
        if (error instanceof DomainError) throw error;
        if (options.throwsLockTimeout && isLockTimeout(error)) throw error;
        if (isPoolExhausted(error))
          throw new UnavailableError('No database connection is free. Try again in a moment.', [], {
            cause: error,
          });
        if (isServerTrouble(error) || isNoAnswer(error))
          throw new UnavailableError('The database is in trouble. Try again in a moment.', [], { cause: error });
        const retryable = isContention(error) || isConnectionLoss(error) || options.retryWhen?.(error) === true;
        if (!retryable) throw error;
        if (attempt === ATTEMPTS_MAX)
          throw new UnavailableError('The database is busy or restarting. Try again in a moment.', [], {
            cause: error,
          });
        retries.inc({ cause: errorCode(error) ?? 'connection' });
        await backoff(attempt);
      }
    }
  }

  private async once<T>(work: (tx: Tx<Contexts>) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.startTransaction();
      const result = await work(runner.manager);
      await committing(() => runner.commitTransaction());
      return result;
    } catch (error) {
      // A failed ROLLBACK changes nothing: the server rolls back when it loses the connection.
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

async function committing<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    // Known to be gone before anything was sent: nothing happened, and the whole transaction may run again.
    if (!isConnectionLoss(error) || wasNeverSent(error)) throw error;
    throw new CommitOutcomeUnknownError(
      'The connection to the database was lost while the change was being confirmed. It may or may not exist: ' +
        'repeat the request with the same Idempotency-Key, or look before you repeat it.',
      [],
      { cause: error },
    );
  }
}

function backoff(attempt: number): Promise<void> {
  // Full jitter: colliding transactions that wait the same time collide again.
  const ceiling = Math.min(BACKOFF_MS_MAX, BACKOFF_MS_BASE * 4 ** attempt);
  return sleep(Math.random() * ceiling);
}
