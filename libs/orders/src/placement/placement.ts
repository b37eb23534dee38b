import type { DomainError, Principal } from '@app/platform';
import type { Order } from '../order.entity';
import type { OrderLine } from '../order-line.entity';
import type { OrderPriority } from '../order-priority';

export interface PlacementLine {
  productId: number;
  quantity: number;
}

/** A wish to order, checked for its form only. */
export interface PlacementRequest {
  /** Made by the caller or by the batcher; known before the transaction, so that a retry writes the same order. */
  orderId: string;
  /** The client chose the id: it may exist already. */
  orderIdGiven: boolean;
  customerName: string;
  customerEmail: string | null;
  priority: OrderPriority;
  shippingAddress: string | null;
  billingAddress: string | null;
  paymentMethod: string | null;
  notes: string | null;
  externalReference: string | null;
  lines: readonly PlacementLine[];
  requestId: string;
  principal: Principal;
  /** The account that it belongs to, if it is a customer's; else what a client of the compatibility surface says. */
  userId?: string;
  /** Compatibility surface; minor units. */
  declaredTotalMinor?: number;
  batchId?: string;
  idempotency?: Idempotency;
}

/** The products that are asked for, each once. */
export function productsOf(requests: readonly PlacementRequest[]): number[] {
  return [...new Set(requests.flatMap(({ lines }) => lines.map(({ productId }) => productId)))];
}

/** How a repeated request is recognised and answered. */
export interface Idempotency {
  key: string;
  /** Equal for equal requests. */
  fingerprint: string;
  /** Renders the reply once; the same bytes are stored and sent. */
  render: (placed: PlacedOrder) => string;
}

export interface PlacedOrder {
  order: Order;
  lines: OrderLine[];
}

/** Each request of a batch gets its own answer; `index` order is kept. */
export type PlacementOutcome =
  | { result: 'placed'; placed: PlacedOrder; reply?: string }
  | { result: 'replayed'; orderId: string; reply: string }
  | { result: 'refused'; error: DomainError };
