import type { NewEvent } from '@app/messaging';
import { OrderStatus } from '../order-status';
import type { LockedOrder } from './order-transitions.repository';

/**
 * Where an event of this order waits: a pending order begins in its turn, by priority and then by when it was placed, whatever
 * happened to it since. An order that is under way goes on at once.
 */
export function placeInLine({
  status,
  priority,
  createdAt,
}: Pick<LockedOrder, 'status' | 'priority' | 'createdAt'>): Pick<NewEvent, 'rank' | 'inLineSince'> {
  return status === OrderStatus.pending ? { rank: priority, inLineSince: createdAt } : {};
}
