import type { EventConsumer, EventEnvelope } from '@app/messaging';
import { ResumeOrders, SweepStaleBatches } from '@app/orders';
import { Injectable } from '@nestjs/common';

/** Sends what is on its way to the queue again when its queue was emptied: orders, or order batches. Ticks come again anyway. */
@Injectable()
export class ResumeOrdersConsumer implements EventConsumer<{ queue: string }> {
  constructor(
    private readonly resumeOrders: ResumeOrders,
    private readonly sweepBatches: SweepStaleBatches,
  ) {}

  async handle({ payload, correlation_id }: EventEnvelope<{ queue: string }>): Promise<void> {
    if (payload.queue === 'fulfillment') await this.resumeOrders.execute(correlation_id);
    if (payload.queue === 'bulk') await this.sweepBatches.execute({ afterMinutes: 0, stepsMax: Infinity });
  }
}
