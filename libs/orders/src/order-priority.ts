/** Stored and queued as a number: the smaller goes first. */
export const ORDER_PRIORITIES = { high: 1, normal: 2, low: 3 } as const;
export type OrderPriority = keyof typeof ORDER_PRIORITIES;

const NAMES = Object.fromEntries(Object.entries(ORDER_PRIORITIES).map(([name, rank]) => [rank, name])) as Record<
  number,
  OrderPriority
>;

export function priorityName(rank: number): OrderPriority {
  return NAMES[rank]!;
}
