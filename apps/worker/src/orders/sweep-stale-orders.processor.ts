import { type EventConsumer, type EventEnvelope, QueuePublisher } from '@app/messaging';
import { SweepStaleOrders, SweepStaleOrdersDue } from '@app/orders';
import { Injectable } from '@nestjs/common';

/** Brings stale orders on their way, every minute. */
@Injectable()
export class SweepStaleOrdersProcessor implements EventConsumer {
  readonly queue = 'maintenance';
  readonly events = [SweepStaleOrdersDue];

  constructor(
    private readonly work: SweepStaleOrders,
    private readonly publisher: QueuePublisher,
  ) {}

  async handle({ correlation_id }: EventEnvelope): Promise<void> {
    await this.work.execute(correlation_id, () => this.publisher.aggregatesIn('fulfillment'));
  }
}
