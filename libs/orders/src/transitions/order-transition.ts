import type { DomainError, ExpectedVersions, Principal } from '@app/platform';
import type { OrderStatus } from '../order-status';

/** A wish to bring an order into another state. */
export interface OrderTransition {
  orderId: string;
  to: OrderStatus;
  /** Only from this state; from any that the table allows when not given. */
  from?: OrderStatus;
  /** Only when the order still has this version: what the caller saw has not changed. */
  version?: number;
  /** Only when the order has one of these versions. */
  expected?: ExpectedVersions;
  principal: Principal;
  requestId: string | null;
  /** Kept with the version; the failure reason when the order fails. */
  reason: string | null;
}

/**
 * `not_moved` is an answer: somebody else was first, or the order does not exist (no status). `refused` is one too: what is stored of
 * this order was damaged outside of the product, and the others of its batch went on. `blocked` is given to who does not want to wait:
 * nothing happened, because somebody keeps the stock of these products, or the order, locked.
 */
export type TransitionOutcome =
  | { result: 'moved'; from: OrderStatus; version: number }
  | { result: 'not_moved'; status: OrderStatus | undefined; version?: number }
  | { result: 'refused'; error: DomainError }
  | { result: 'blocked'; products: readonly number[] };

/** What becomes of a transition in the end. */
export type UnblockedOutcome = Exclude<TransitionOutcome, { result: 'blocked' }>;
