import { type EventConsumer, type EventEnvelope, FindQueuedAggregates } from '@app/messaging';
import { FULFILLMENT_SUBSCRIPTION, ResumeLostOrders } from '@app/orders';
import { Injectable } from '@nestjs/common';

/** Sends orders again whose jobs the queue lost, twice a minute. */
@Injectable()
export class ResumeLostOrdersConsumer implements EventConsumer {
  constructor(
    private readonly work: ResumeLostOrders,
    private readonly findQueued: FindQueuedAggregates,
  ) {}

  async handle({ correlation_id }: EventEnvelope): Promise<void> {
    await this.work.execute(correlation_id, () => this.findQueued.execute(FULFILLMENT_SUBSCRIPTION));
  }
}
