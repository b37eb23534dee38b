import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTime } from '../within';
import { isConnectionLoss } from './sql-state';
import { poolOf } from './steady-pool';

/** Connections that may be broken one after the other before the database counts as away. */
const ATTEMPTS_MAX = 3;

/** Asks the database for nothing but an answer: what readiness and health need to know. */
@Injectable()
export class DatabaseProbe {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Resolves with the milliseconds that the answer took; rejects when there is none within the timeout. That one connection was
   * ended says nothing about the database: another one is asked before the answer is no.
   */
  async answerMs(timeoutMs = 2000): Promise<number> {
    const begun = performance.now();
    await inTime(this.ask(1), timeoutMs, new Error('The database does not answer.'));
    return performance.now() - begun;
  }

  /** Whether every connection that this process may have is in use. */
  isBusy(): boolean {
    return poolOf(this.dataSource).waitingCount > 0;
  }

  /** Connections of the server that are in use, and how many it has for roles that are not superusers. */
  async connections(): Promise<{ used: number; max: number }> {
    const [row] = await this.dataSource.query<[{ used: number; max: number }]>(
      `select (select count(*) from pg_stat_activity where backend_type = 'client backend')::int as used,
              current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                - coalesce(current_setting('reserved_connections', true)::int, 0) as max`,
    );
    return row;
  }

  private async ask(attempt: number): Promise<void> {
    try {
      await this.dataSource.query('select 1');
    } catch (error) {
      if (attempt === ATTEMPTS_MAX || !isConnectionLoss(error)) throw error;
      await this.ask(attempt + 1);
    }
  }
}
