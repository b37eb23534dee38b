import type { EventConsumer } from '@app/messaging';
import { RewriteSearchWords } from '@app/orders';
import { Injectable } from '@nestjs/common';

/** Brings the words that older orders are found by up to date. */
@Injectable()
export class RewriteSearchWordsConsumer implements EventConsumer {
  constructor(private readonly work: RewriteSearchWords) {}

  async handle(): Promise<void> {
    await this.work.execute();
  }
}
