import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Asks the database for nothing but an answer: what readiness and health need to know. */
@Injectable()
export class DatabaseProbe {
  constructor(private readonly dataSource: DataSource) {}

  /** Resolves with the milliseconds that the answer took; rejects when there is none within the timeout. */
  async answerMs(timeoutMs = 2000): Promise<number> {
    const begun = performance.now();
    await Promise.race([
      this.dataSource.query('select 1'),
      new Promise((_, reject) => setTimeout(reject, timeoutMs, new Error('The database does not answer.')).unref()),
    ]);
    return performance.now() - begun;
  }
}
