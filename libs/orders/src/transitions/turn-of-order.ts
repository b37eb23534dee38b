import type { NewEvent } from '@app/messaging';
import { OrderStatus } from '../order-status';
import type { LockedOrder } from './order-transitions.repository';

/**
 * When it is the turn of an event of this order: a pending order begins in its turn, by priority and then by when it was placed, whatever
 * happened to it since. An order that is under way goes on at once.
 */
export function turnOfOrder({
  status,
  priority,
  createdAt,
}: Pick<LockedOrder, 'status' | 'priority' | 'createdAt'>): Pick<NewEvent, 'rank' | 'waitingSince'> {
  return status === OrderStatus.pending ? { rank: priority, waitingSince: createdAt } : {};
}
