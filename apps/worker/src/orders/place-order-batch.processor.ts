import type { EventConsumer, EventEnvelope } from '@app/messaging';
import { BatchIntake, OrderBatchAccepted, type OrderBatchEventPayload, OrderBatchRequeued } from '@app/orders';
import { Injectable } from '@nestjs/common';

/** Places the orders of a stored bulk request. */
@Injectable()
export class PlaceOrderBatchProcessor implements EventConsumer<OrderBatchEventPayload> {
  // Not behind the stages of orders that were placed before: fulfillment may have many thousand jobs waiting.
  readonly queue = 'maintenance';
  readonly events = [OrderBatchAccepted, OrderBatchRequeued];

  constructor(private readonly intake: BatchIntake) {}

  async handle({ payload }: EventEnvelope<OrderBatchEventPayload>): Promise<void> {
    await this.intake.placeAccepted(payload.batch_id);
  }
}
