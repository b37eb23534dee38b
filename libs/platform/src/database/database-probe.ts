import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isConnectionLoss } from './sql-state';

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
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(reject, timeoutMs, new Error('The database does not answer.'));
    });
    try {
      await Promise.race([this.ask(1), timeout]);
    } finally {
      clearTimeout(timer);
    }
    return performance.now() - begun;
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
