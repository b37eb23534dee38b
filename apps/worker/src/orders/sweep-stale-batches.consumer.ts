import type { EventConsumer } from '@app/messaging';
import { SweepStaleBatches } from '@app/orders';
import { Injectable } from '@nestjs/common';

/** Sends order batches to the queue again that do not get any further, every minute. */
@Injectable()
export class SweepStaleBatchesConsumer implements EventConsumer {
  constructor(private readonly work: SweepStaleBatches) {}

  async handle(): Promise<void> {
    await this.work.execute();
  }
}
