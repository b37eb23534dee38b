/**
 * Which state an order can go to from which. Everything that depends on the state of an order asks this table; the database
 * has the same names in a CHECK.
 */
export const ORDER_TRANSITIONS = {
  pending: ['processing', 'cancelled', 'failed'],
  processing: ['shipped', 'pending', 'cancelled', 'failed'],
  shipped: ['delivered', 'failed'],
  delivered: [],
  cancelled: [],
  failed: [],
} as const satisfies Record<string, readonly string[]>;

export type OrderStatus = keyof typeof ORDER_TRANSITIONS;

export const ORDER_STATUSES = Object.keys(ORDER_TRANSITIONS) as OrderStatus[];

/** In these states the order's units are reserved for it. */
const HOLDING_STOCK: ReadonlySet<OrderStatus> = new Set(['pending', 'processing']);

export function holdsStock(status: OrderStatus): boolean {
  return HOLDING_STOCK.has(status);
}

export function isFinal(status: OrderStatus): boolean {
  return ORDER_TRANSITIONS[status].length === 0;
}

export function canMove(from: OrderStatus, to: OrderStatus): boolean {
  return (ORDER_TRANSITIONS[from] as readonly string[]).includes(to);
}

/** What a transition does to the units that the order holds. */
export function stockEffect(from: OrderStatus, to: OrderStatus): 'none' | 'fulfill' | 'release' {
  if (!holdsStock(from) || holdsStock(to)) return 'none';
  return to === 'shipped' ? 'fulfill' : 'release';
}

/** Whether a transition to this state resolves what the order holds, wherever it comes from. */
export function mayTouchStock(to: OrderStatus): boolean {
  return ORDER_STATUSES.some((from) => canMove(from, to) && stockEffect(from, to) !== 'none');
}
