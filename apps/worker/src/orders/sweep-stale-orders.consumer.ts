import { type EventConsumer, type EventEnvelope, FindQueuedAggregates } from '@app/messaging';
import { FULFILLMENT_SUBSCRIPTION, SweepStaleOrders } from '@app/orders';
import { Injectable } from '@nestjs/common';
import { SCHEDULER } from '../principals';

/** Brings stale orders on their way, every minute. */
@Injectable()
export class SweepStaleOrdersConsumer implements EventConsumer {
  constructor(
    private readonly work: SweepStaleOrders,
    private readonly findQueued: FindQueuedAggregates,
  ) {}

  async handle({ correlation_id }: EventEnvelope): Promise<void> {
    const by = { principal: SCHEDULER, requestId: correlation_id };
    await this.work.execute(by, () => this.findQueued.execute(FULFILLMENT_SUBSCRIPTION));
  }
}
