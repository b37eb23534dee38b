import { defineEvent, type EventType } from '@app/messaging';
import { z } from 'zod';
import { ORDER_STATUSES, type OrderStatus } from '../order-status';

/** Payload of every order event: ids and facts, no personal data. */
export const orderEventPayload = z.object({
  order_id: z.uuid(),
  status: z.enum(ORDER_STATUSES),
  previous_status: z.enum(ORDER_STATUSES).nullable(),
  /** 1 high, 2 normal, 3 low. */
  priority: z.number().int().min(1).max(3),
});
export type OrderEventPayload = z.infer<typeof orderEventPayload>;

/** The order exists and its stock is reserved. */
export const OrderPlaced = defineEvent('order.placed.v1', orderEventPayload);
/** A pending order that waited too long is sent to the queue once more. */
export const OrderRequeued = defineEvent('order.requeued.v1', orderEventPayload);
/** A processing order that waited too long is pending again. */
export const OrderPutBack = defineEvent('order.put_back.v1', orderEventPayload);
/** A pending order waits with another priority from now on. */
export const OrderPriorityChanged = defineEvent('order.priority_changed.v1', orderEventPayload);
/** The queue lost its jobs: the stage that follows the order's state is asked for again. */
export const OrderResumed = defineEvent('order.resumed.v1', orderEventPayload);
/** The order is being picked and packed. */
export const OrderProcessingStarted = defineEvent('order.processing_started.v1', orderEventPayload);
/** The carrier has it; its units left the stock. */
export const OrderShipped = defineEvent('order.shipped.v1', orderEventPayload);
/** The customer has it. */
export const OrderDelivered = defineEvent('order.delivered.v1', orderEventPayload);
/** Somebody cancelled it in time; its stock is available again. */
export const OrderCancelled = defineEvent('order.cancelled.v1', orderEventPayload);
/** A step failed for good; stock that it still held is available again. */
export const OrderFailed = defineEvent('order.failed.v1', orderEventPayload);

/** The event that says that an order has reached a state by a transition. */
export const EVENT_OF_STATUS: Record<OrderStatus, EventType<OrderEventPayload>> = {
  pending: OrderPutBack,
  processing: OrderProcessingStarted,
  shipped: OrderShipped,
  delivered: OrderDelivered,
  cancelled: OrderCancelled,
  failed: OrderFailed,
};
