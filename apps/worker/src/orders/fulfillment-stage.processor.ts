import type { EventConsumer, EventEnvelope, EventType } from '@app/messaging';
import { CompleteStage, type FulfillmentStage, FulfillmentSteps, type OrderEventPayload } from '@app/orders';
import { Injectable } from '@nestjs/common';

/** Runs one stage for every event that asks for it: the queue holds the job back for the step's time, then the step is done. */
@Injectable()
export abstract class FulfillmentStageProcessor implements EventConsumer<OrderEventPayload> {
  readonly queue = 'fulfillment';
  abstract readonly events: readonly EventType<OrderEventPayload>[];
  protected abstract readonly stage: FulfillmentStage;

  constructor(
    private readonly completeStage: CompleteStage,
    private readonly steps: FulfillmentSteps,
  ) {}

  delayMs({ aggregate_id }: EventEnvelope<OrderEventPayload>): number {
    return this.steps.delayMs(this.stage, aggregate_id);
  }

  priority({ payload }: EventEnvelope<OrderEventPayload>): number {
    return payload.priority;
  }

  async handle({ id, payload, correlation_id }: EventEnvelope<OrderEventPayload>): Promise<void> {
    await this.completeStage.execute({
      stage: this.stage,
      orderId: payload.order_id,
      eventId: id,
      requestId: correlation_id,
    });
  }
}
