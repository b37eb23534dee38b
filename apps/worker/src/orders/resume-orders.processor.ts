import { type EventConsumer, type EventEnvelope, QueueLost } from '@app/messaging';
import { ResumeOrders } from '@app/orders';
import { Injectable } from '@nestjs/common';

/** Sends orders on their way to the queue again when the queue was emptied. */
@Injectable()
export class ResumeOrdersProcessor implements EventConsumer<{ queue: string }> {
  readonly queue = 'maintenance';
  readonly events = [QueueLost];

  constructor(private readonly work: ResumeOrders) {}

  async handle({ payload }: EventEnvelope<{ queue: string }>): Promise<void> {
    if (payload.queue === 'fulfillment') await this.work.execute();
  }
}
