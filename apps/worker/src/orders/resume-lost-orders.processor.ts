import { type EventConsumer, type EventEnvelope, QueuePublisher } from '@app/messaging';
import { ResumeLostOrders, ResumeLostOrdersDue } from '@app/orders';
import { Injectable } from '@nestjs/common';

/** Sends orders again whose jobs the queue lost, twice a minute. */
@Injectable()
export class ResumeLostOrdersProcessor implements EventConsumer {
  readonly queue = 'maintenance';
  readonly events = [ResumeLostOrdersDue];

  constructor(
    private readonly work: ResumeLostOrders,
    private readonly publisher: QueuePublisher,
  ) {}

  async handle({ correlation_id }: EventEnvelope): Promise<void> {
    await this.work.execute(correlation_id, () => this.publisher.aggregatesIn('fulfillment'));
  }
}
