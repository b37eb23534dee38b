import { type EventConsumer, type EventEnvelope, QueuePublisher } from '@app/messaging';
import { SweepStaleOrders, SweepStaleOrdersDue } from '@app/orders';
import { Injectable } from '@nestjs/common';
import { SCHEDULER } from '../principals';

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
    const by = { principal: SCHEDULER, requestId: correlation_id };
    await this.work.execute(by, () => this.publisher.aggregatesIn('fulfillment'));
  }
}
