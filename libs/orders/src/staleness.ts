import type { Config } from '@app/platform';
import type { OrderStatus } from './order-status';

/** The states that an order should leave by itself. */
export const MOVING_STATUSES = ['pending', 'processing', 'shipped'] as const satisfies readonly OrderStatus[];
export type MovingStatus = (typeof MOVING_STATUSES)[number];

/** The deadline of each of them, in minutes. */
export type StaleAfterMinutes = Record<MovingStatus, number>;

export function staleAfterMinutes(config: Config): StaleAfterMinutes {
  return {
    pending: config.STALE_PENDING_MINUTES,
    processing: config.STALE_PROCESSING_MINUTES,
    shipped: config.STALE_SHIPPED_MINUTES,
  };
}

/** In its state for longer than the state's deadline; final states have none. Stale is one of these that nobody is going to move. */
export function isPastDeadline(
  order: { status: OrderStatus; statusSince: Date },
  deadlines: StaleAfterMinutes,
  now: Date,
): boolean {
  const minutes = deadlines[order.status as keyof StaleAfterMinutes] as number | undefined;
  return minutes !== undefined && now.getTime() - order.statusSince.getTime() > minutes * 60_000;
}
