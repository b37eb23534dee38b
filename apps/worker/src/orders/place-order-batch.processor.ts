import type { EventConsumer, EventEnvelope } from '@app/messaging';
import { BatchIntake, OrderBatchAccepted, type OrderBatchEventPayload, OrderBatchRequeued } from '@app/orders';
import { Injectable } from '@nestjs/common';

/** Places the orders of a stored bulk request. */
@Injectable()
export class PlaceOrderBatchProcessor implements EventConsumer<OrderBatchEventPayload> {
  // Not behind the stages of orders that were placed before, and the sweeps not behind it.
  readonly queue = 'bulk';
  readonly events = [OrderBatchAccepted, OrderBatchRequeued];

  constructor(private readonly intake: BatchIntake) {}

  async handle({ payload }: EventEnvelope<OrderBatchEventPayload>): Promise<void> {
    await this.intake.placeAccepted(payload.batch_id);
  }
}
