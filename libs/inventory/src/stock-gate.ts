import type { CombinedWrite, Tx } from '@app/platform';
import type { BlockedStock } from './blocked-stock';

/** What an order asks for, each line of another product. */
export interface StockRequest {
  orderId: string;
  lines: readonly { productId: number; quantity: number }[];
  processedBy: string;
}

/** An order that gives up what it reserves: because its goods leave, or because it does not need them any more. */
export interface ReservedOrder {
  orderId: string;
  /** It has as many reservations when nothing was damaged. */
  lineCount: number;
  processedBy: string;
  notes?: string;
}

/** A line for which there is not enough. */
export interface Shortage {
  /** Its place among the lines, from 0. */
  index: number;
  productId: number;
  /** Units that nobody has reserved; undefined for a product that has no stock. */
  available: number | undefined;
}

/** What the reservations of an order and the stock levels do not agree on. */
export interface ReservationMismatch {
  /** The product it is about; not known when something is missing. */
  productId?: number;
  /** The products of which nothing is missing. */
  missingOf?: readonly number[];
  reason: string;
}

/** Of an order that is short nothing is reserved, and all lines that are short are named. */
export type ReserveOutcome = { result: 'reserved' } | { result: 'short'; shortages: readonly Shortage[] };

/** An order without reservations is a mismatch, too: each is resolved once. */
export type ResolveOutcome = { result: 'resolved' } | { result: 'mismatch'; mismatch: ReservationMismatch };

/** What was decided about stock, to be added to the caller's one statement. */
export interface StockWrite {
  writeTo(write: CombinedWrite): void;
}

/** The stock of some products, for orders that want units of it. Decided in memory, in the order in which it is asked. */
export interface ReservableStock {
  /** The database's `now()` of this transaction; undefined when none of the products has stock. */
  readonly transactionTime?: Date;
  /** For each order the units of all its lines, or none, on what the orders before it left. */
  reserve(orders: readonly StockRequest[]): ReserveOutcome[];
  /** What was decided since the last call; undefined when the stock is not locked, so that nothing of it can be written. */
  takeChanges(): StockWrite | undefined;
}

/** What some orders reserve, locked together with its levels until the transaction ends. */
export interface ReservedStock extends StockWrite {
  /** The goods of each order left: on hand and reserved fall together. */
  fulfill(orders: readonly ReservedOrder[]): ResolveOutcome[];
  /** Each order gives its units back. */
  release(orders: readonly ReservedOrder[]): ResolveOutcome[];
}

/**
 * The one way in which orders get stock and give it up. It decides who is short, and of what. What it locks it locks in the caller's
 * transaction, always in ascending product id; what it decides is written by the caller's statement, so that an order and its stock
 * exist together or not at all.
 *
 * test/support/stock-gate-conformance.ts says what holds whatever is behind it.
 */
export abstract class StockGate {
  /** Which stock somebody keeps locked for long, so that whoever wants it can wait apart from the others. */
  abstract readonly blocked: BlockedStock;

  /** Locks the stock of the products until the transaction ends. `briefly` throws 55P03 soon when somebody holds it. */
  abstract lock(
    tx: Tx<'inventory'>,
    productIds: readonly number[],
    options?: { briefly?: boolean },
  ): Promise<ReservableStock>;

  /**
   * Locks it for a transaction that is not to be begun anew. While somebody keeps one of the products locked, this waits with none of the
   * others locked. Throws UnavailableError when it is not to be had.
   */
  abstract lockPatiently(tx: Tx<'inventory'>, productIds: readonly number[]): Promise<ReservableStock>;

  /** The stock as it is at this moment, to plan on: it may be reserved the next. Nothing that is decided on it is written. */
  abstract read(tx: Tx<'inventory'>, productIds: readonly number[]): Promise<ReservableStock>;

  /**
   * All that these orders want, from stock that nobody has looked at: the statement to which this is added locks the stock and reserves it.
   * It fails when not all of it is there, see {@link fellShort}. `briefly` as for {@link lock}.
   */
  abstract reserveOptimistically(orders: readonly StockRequest[], options: { briefly: boolean }): StockWrite;

  /** Whether a write was refused because not all that was to be reserved is there: nothing of its transaction stays. */
  abstract fellShort(error: unknown): boolean;

  /** Locks what the orders reserve. The caller has locked the orders: nobody else resolves their reservations meanwhile. */
  abstract lockReservedBy(tx: Tx<'inventory'>, orderIds: readonly string[]): Promise<ReservedStock>;

  /** The products of which each of these orders reserves stock at this moment. */
  abstract findReservedBy(orderIds: readonly string[]): Promise<Map<string, number[]>>;
}
