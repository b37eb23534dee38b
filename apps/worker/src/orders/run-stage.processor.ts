import {
  CompleteStage,
  FulfillmentSteps,
  OrderPlaced,
  OrderProcessingStarted,
  OrderPutBack,
  OrderRequeued,
  OrderResumed,
  OrderShipped,
  stageFrom,
  stagesLeft,
  type OrderEventPayload,
} from '@app/orders';
import type { EventConsumer, EventEnvelope } from '@app/messaging';
import { Injectable } from '@nestjs/common';

/**
 * Runs the stage that follows the state which an event tells of: pending → processing → shipped → delivered. The queue holds the
 * job back for the step's time, then the step is done.
 */
@Injectable()
export class RunStageProcessor implements EventConsumer<OrderEventPayload> {
  readonly queue = 'fulfillment';
  readonly events = [OrderPlaced, OrderRequeued, OrderPutBack, OrderProcessingStarted, OrderShipped, OrderResumed];

  constructor(
    private readonly completeStage: CompleteStage,
    private readonly steps: FulfillmentSteps,
  ) {}

  delayMs({ payload }: EventEnvelope<OrderEventPayload>): number {
    const stage = stageFrom(payload.status);
    return stage ? this.steps.delayMs(stage, payload.order_id) : 0;
  }

  /**
   * Orders by their priority; of equal ones those that are furthest. Otherwise a backlog goes through stage by stage, and nothing
   * is delivered before nearly everything is picked.
   */
  priority({ payload }: EventEnvelope<OrderEventPayload>): number {
    return (payload.priority - 1) * stagesLeft('pending') + stagesLeft(payload.status);
  }

  async handle({ payload, correlation_id }: EventEnvelope<OrderEventPayload>): Promise<void> {
    const stage = stageFrom(payload.status);
    if (stage) await this.completeStage.execute({ stage, orderId: payload.order_id, requestId: correlation_id });
  }
}
