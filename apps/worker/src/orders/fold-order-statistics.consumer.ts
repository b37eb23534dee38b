import type { EventConsumer } from '@app/messaging';
import { FoldOrderStatistics } from '@app/orders';
import { Injectable } from '@nestjs/common';

/** Folds the statistics' deltas into their totals. */
@Injectable()
export class FoldOrderStatisticsConsumer implements EventConsumer {
  constructor(private readonly work: FoldOrderStatistics) {}

  async handle(): Promise<void> {
    await this.work.execute();
  }
}
