import { keysOf } from '@app/platform';

/** Stored and queued as a number: the smaller goes first. */
export const ORDER_PRIORITIES = { high: 1, normal: 2, low: 3 } as const;
export type OrderPriority = keyof typeof ORDER_PRIORITIES;

const NAMES = new Map<number, OrderPriority>(keysOf(ORDER_PRIORITIES).map((name) => [ORDER_PRIORITIES[name], name]));

export function priorityName(rank: number): OrderPriority {
  return NAMES.get(rank)!;
}
