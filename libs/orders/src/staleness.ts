import { hasUnpublishedEvent, wasQueuedWithin } from '@app/messaging';
import type { Environment } from '@app/platform';
import { OrderStatus } from './order-status';

/** The states that an order should leave by itself. */
export const MOVING_STATUSES = [OrderStatus.pending, OrderStatus.processing, OrderStatus.shipped] as const;
export type MovingStatus = (typeof MOVING_STATUSES)[number];

/** The deadline of each of them, in minutes. */
export type StaleAfterMinutes = Record<MovingStatus, number>;

export function staleAfterMinutes(config: Environment): StaleAfterMinutes {
  return {
    pending: config.STALE_PENDING_MINUTES,
    processing: config.STALE_PROCESSING_MINUTES,
    shipped: config.STALE_SHIPPED_MINUTES,
  };
}

/**
 * SQL: nobody is going to move this order, as far as Postgres tells. An order that waited for its turn is past its deadline when its turn
 * comes: it has as long again, from the moment when its job was given to the queue, of which nothing is asked here.
 */
export function isLeftAlone(orderId: string, pendingMinutes: string): string {
  return `(not ${hasUnpublishedEvent(orderId)} and not ${wasQueuedWithin(pendingMinutes, orderId)})`;
}

/** In its state for longer than the state's deadline; final states have none. Stale is one of these that nobody is going to move. */
export function isPastDeadline(
  order: { status: OrderStatus; statusSince: Date },
  deadlines: StaleAfterMinutes,
  now: Date,
): boolean {
  const moving = MOVING_STATUSES.find((status) => status === order.status);
  const minutes = moving && deadlines[moving];
  return minutes !== undefined && now.getTime() - order.statusSince.getTime() > minutes * 60_000;
}
