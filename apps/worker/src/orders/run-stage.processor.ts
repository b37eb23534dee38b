import {
  CompleteStage,
  FulfillmentSteps,
  ORDER_PRIORITIES,
  OrderPlaced,
  OrderPriorityChanged,
  OrderProcessingStarted,
  OrderPutBack,
  OrderRequeued,
  OrderResumed,
  OrderShipped,
  stageFrom,
  stagesLeft,
  type OrderEventPayload,
  OrderStatus,
} from '@app/orders';
import type { EventConsumer, EventEnvelope } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import { WORKER } from '../principals';

/**
 * Runs the stage that follows the state which an event tells of: pending → processing → shipped → delivered. The queue holds the
 * job back for the step's time, then the step is done.
 */
@Injectable()
export class RunStageProcessor implements EventConsumer<OrderEventPayload> {
  readonly queue = 'fulfillment';
  readonly events = [
    OrderPlaced,
    OrderRequeued,
    OrderPutBack,
    OrderPriorityChanged,
    OrderProcessingStarted,
    OrderShipped,
    OrderResumed,
  ];
  /** Orders that are to begin wait in Postgres by their priority; their jobs are of the first stage. */
  readonly line = Object.values(ORDER_PRIORITIES).map((rank) => ({
    rank,
    jobPriority: jobPriority(rank, OrderStatus.pending),
  }));

  constructor(
    private readonly completeStage: CompleteStage,
    private readonly steps: FulfillmentSteps,
  ) {}

  delayMs({ payload }: EventEnvelope<OrderEventPayload>): number {
    const stage = stageFrom(payload.status);
    // Waiting in line is no step: a pending order begins when its turn has come.
    return stage && payload.status !== OrderStatus.pending ? this.steps.delayMs(stage, payload.order_id) : 0;
  }

  /**
   * Orders by their priority; of equal ones those that are furthest. Otherwise a backlog goes through stage by stage, and nothing
   * is delivered before nearly everything is picked.
   */
  priority({ payload }: EventEnvelope<OrderEventPayload>): number {
    return jobPriority(payload.priority, payload.status);
  }

  async handle({ payload, correlation_id }: EventEnvelope<OrderEventPayload>): Promise<void> {
    const stage = stageFrom(payload.status);
    const { order_id: orderId, priority } = payload;
    if (stage)
      await this.completeStage.execute({ stage, orderId, priority, principal: WORKER, requestId: correlation_id });
  }
}

function jobPriority(orderPriority: number, status: OrderStatus): number {
  return (orderPriority - 1) * stagesLeft(OrderStatus.pending) + stagesLeft(status);
}
