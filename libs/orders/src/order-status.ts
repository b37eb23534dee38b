import { StateTable } from '@app/platform';

/**
 * Which state an order can go to from which. Everything that depends on the state of an order asks this table; the database
 * has the same names in a CHECK.
 */
export const ORDER_TRANSITIONS = {
  /** Its units are reserved; its fulfillment has not begun. */
  pending: ['processing', 'cancelled', 'failed'],
  /** It is being picked and packed. */
  processing: ['shipped', 'pending', 'cancelled', 'failed'],
  /** The carrier has it: its units left the stock. */
  shipped: ['delivered', 'failed'],
  /** The customer has it. */
  delivered: [],
  /** Ended on somebody's wish before it was shipped. */
  cancelled: [],
  /** Ended because a step did not succeed, or because it stopped moving. */
  failed: [],
} as const satisfies Record<string, readonly string[]>;

export type OrderStatus = keyof typeof ORDER_TRANSITIONS;

export const ORDER_STATES = new StateTable<OrderStatus>(ORDER_TRANSITIONS);

/** Each status by its name, for code and for SQL. */
export const OrderStatus = ORDER_STATES.names;
export const ORDER_STATUSES = ORDER_STATES.states;

/** In these states the order's units are reserved for it. */
const HOLDING_STOCK: ReadonlySet<OrderStatus> = new Set(['pending', 'processing']);

export function reservesStock(status: OrderStatus): boolean {
  return HOLDING_STOCK.has(status);
}

export function isFinal(status: OrderStatus): boolean {
  return ORDER_STATES.isFinal(status);
}

export function canTransition(from: OrderStatus, to: OrderStatus): boolean {
  return ORDER_STATES.canTransition(from, to);
}

/** What a transition does to the units that the order reserves. */
export function stockEffect(from: OrderStatus, to: OrderStatus): 'none' | 'fulfill' | 'release' {
  if (!reservesStock(from) || reservesStock(to)) return 'none';
  return to === 'shipped' ? 'fulfill' : 'release';
}

/** Whether a transition to this state resolves what the order reserves, wherever it comes from. */
export function mayTouchStock(to: OrderStatus): boolean {
  return ORDER_STATUSES.some((from) => canTransition(from, to) && stockEffect(from, to) !== 'none');
}
