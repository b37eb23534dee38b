import { CompleteStage, type OrderEventPayload, stageFrom } from '@app/orders';
import type { EventConsumer, EventEnvelope } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import { WORKER } from '../principals';

/**
 * Runs the stage that follows the state which an event tells of: pending → processing → shipped → delivered. The queue holds the
 * job back for the step's time, then the step is done.
 */
@Injectable()
export class RunStageConsumer implements EventConsumer<OrderEventPayload> {
  constructor(private readonly completeStage: CompleteStage) {}

  async handle({ payload, correlation_id }: EventEnvelope<OrderEventPayload>): Promise<void> {
    const stage = stageFrom(payload.status);
    const { order_id: orderId, priority } = payload;
    if (stage)
      await this.completeStage.execute({ stage, orderId, priority, principal: WORKER, requestId: correlation_id });
  }
}
