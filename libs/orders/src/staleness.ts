import type { Config } from '@app/platform';
import type { OrderStatus } from './order-status';

/** The deadline of each state that an order should leave by itself, in minutes. */
export type StaleAfterMinutes = Record<'pending' | 'processing' | 'shipped', number>;

export function staleAfterMinutes(config: Config): StaleAfterMinutes {
  return {
    pending: config.STALE_PENDING_MINUTES,
    processing: config.STALE_PROCESSING_MINUTES,
    shipped: config.STALE_SHIPPED_MINUTES,
  };
}

/** Stale: in its state for longer than the state's deadline. Final states have none. */
export function isStale(
  order: { status: OrderStatus; statusSince: Date },
  deadlines: StaleAfterMinutes,
  now: Date,
): boolean {
  const minutes = deadlines[order.status as keyof StaleAfterMinutes] as number | undefined;
  return minutes !== undefined && now.getTime() - order.statusSince.getTime() > minutes * 60_000;
}
