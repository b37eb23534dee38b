import type { EventConsumer, EventEnvelope } from '@app/messaging';
import { BatchDispatcher, type OrderBatchEventPayload } from '@app/orders';
import { Injectable } from '@nestjs/common';

/** Places the orders of a stored bulk request. */
@Injectable()
export class PlaceOrderBatchConsumer implements EventConsumer<OrderBatchEventPayload> {
  constructor(private readonly dispatcher: BatchDispatcher) {}

  async handle({ payload }: EventEnvelope<OrderBatchEventPayload>): Promise<void> {
    await this.dispatcher.placeAccepted(payload.batch_id);
  }
}
