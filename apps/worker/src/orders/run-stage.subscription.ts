import type { Subscription } from '@app/messaging';
import {
  FULFILLMENT_SUBSCRIPTION,
  ORDER_PRIORITIES,
  type OrderEventPayload,
  OrderPlaced,
  OrderPriorityChanged,
  OrderProcessingStarted,
  OrderPutBack,
  OrderRequeued,
  OrderResumed,
  OrderShipped,
  OrderStatus,
  simulatedDelayMs,
  stageFrom,
  stagesLeft,
} from '@app/orders';
import type { Config } from '@app/platform';
import { RunStageConsumer } from './run-stage.consumer';

/** Every event after which an order waits for a stage. */
export function runStageSubscription(config: Config): Subscription<OrderEventPayload> {
  return {
    name: FULFILLMENT_SUBSCRIPTION,
    events: [
      OrderPlaced,
      OrderRequeued,
      OrderPutBack,
      OrderPriorityChanged,
      OrderProcessingStarted,
      OrderShipped,
      OrderResumed,
    ],
    consumer: RunStageConsumer,
    queue: 'fulfillment',
    // Orders that are to begin wait in Postgres by their priority; their jobs are of the first stage.
    ranks: Object.values(ORDER_PRIORITIES).map((rank) => ({
      rank,
      jobPriority: jobPriority(rank, OrderStatus.pending),
    })),
    delayMs({ payload }) {
      const stage = stageFrom(payload.status);
      // Waiting for its turn is no step: a pending order begins when its turn has come.
      return stage && payload.status !== OrderStatus.pending ? simulatedDelayMs(config, stage, payload.order_id) : 0;
    },
    priority: ({ payload }) => jobPriority(payload.priority, payload.status),
  };
}

/**
 * Orders by their priority; of equal ones those that are furthest. Otherwise a backlog goes through stage by stage, and nothing is
 * delivered before nearly everything is picked.
 */
function jobPriority(orderPriority: number, status: OrderStatus): number {
  return (orderPriority - 1) * stagesLeft(OrderStatus.pending) + stagesLeft(status);
}
