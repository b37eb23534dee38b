import type { ReservableStock, StockRequest, StockWrite } from '@app/inventory';
import { appendToOutbox } from '@app/messaging';
import { type CombinedWrite, DomainError } from '@app/platform';
import type { ProductForSale } from '@app/products';
import { OrderPlaced } from '../contracts/order-events';
import { addKeys, type NewKey } from '../idempotency/idempotency-keys.repository';
import { composeOrder, reserveStock, setTimes, stockRequestOf } from './compose-order';
import type { PlacedOrder, PlacementOutcome, PlacementRequest } from './placement';
import { addOrders, type EarlierRequests } from './placement.repository';
import { isDuplicateRequest, DuplicateRequests } from './duplicate-requests';

/** What a plan is made of, read without a lock: what was asked before, and what is for sale at which price. */
export interface PlacementInputs {
  earlier: EarlierRequests;
  products: ReadonlyMap<number, ProductForSale>;
}

/** Somebody took stock between the plan and the lock. */
export class StockTakenError extends Error {
  readonly code = 'STOCK_TAKEN';
}

/**
 * Plans placements in memory, in the order in which the requests are given. It reads and writes nothing. The parts of a larger batch are
 * planned one after the other: each sees what those before it asked for and took.
 */
export class PlacementPlanner {
  private readonly duplicates: DuplicateRequests;

  /** Without `stock` the plan is optimistic: each order gets its units, and whoever carries it out finds out whether they are there. */
  constructor(
    private readonly inputs: PlacementInputs,
    private readonly stock?: ReservableStock,
  ) {
    this.duplicates = new DuplicateRequests(inputs.earlier);
  }

  /** Each order gets all its lines or none; a refused one takes nothing. */
  plan(requests: readonly PlacementRequest[]): PlacementPlan {
    const outcomes = requests.map((request) => this.outcomeOf(request));
    const refusedAsNew = requests.filter(
      (request, index) => outcomes[index]!.result === 'refused' && !isDuplicateRequest(request, this.inputs.earlier),
    );
    return new PlacementPlan(requests, outcomes, refusedAsNew, this.stock?.takeChanges());
  }

  private outcomeOf(request: PlacementRequest): PlacementOutcome {
    const duplicate = this.duplicates.outcomeOf(request);
    if (duplicate) return duplicate;
    try {
      const placed = composeOrder(request, this.inputs.products);
      if (this.stock) reserveStock(placed, this.stock);
      this.duplicates.remember(request);
      return { result: 'placed', placed };
    } catch (error) {
      if (error instanceof DomainError) return { result: 'refused', error };
      throw error;
    }
  }
}

/** What is to become of some requests. It knows what of it was added to a write already. */
export class PlacementPlan {
  private readonly placed: readonly PlacedOrder[];
  private hasWrittenOrders = false;

  constructor(
    private readonly requests: readonly PlacementRequest[],
    /** One per request, in request order. */
    readonly outcomes: PlacementOutcome[],
    /** Refused, although nothing that was read says that they were made before. */
    readonly refusedAsNew: readonly PlacementRequest[],
    private stock: StockWrite | undefined,
  ) {
    this.placed = outcomes.flatMap((outcome) => (outcome.result === 'placed' ? outcome.placed : []));
  }

  get placedCount(): number {
    return this.placed.length;
  }

  get hasRefusals(): boolean {
    return this.outcomes.some(({ result }) => result === 'refused');
  }

  /** What its orders ask the stock for. */
  get stockRequests(): StockRequest[] {
    return this.placed.map(stockRequestOf);
  }

  /** What is written of the stock: of an optimistic plan, for which nobody has looked whether it is there. */
  reserveWith(stock: StockWrite): void {
    this.stock = stock;
  }

  /** The same orders on stock that is locked by now. Throws StockTakenError when it is not there any more: nothing of them may stay. */
  reserveOn(stock: ReservableStock): void {
    try {
      for (const placed of this.placed) reserveStock(placed, stock);
    } catch (error) {
      throw error instanceof DomainError ? new StockTakenError() : error;
    }
    this.stock = stock.takeChanges();
  }

  /** The orders are placed at the time of their transaction, which an optimistic plan does not know. */
  setTime(transactionTime: Date): void {
    for (const { order } of this.placed) setTimes(order, transactionTime);
  }

  /** Adds what does not depend on the stock to a write: orders, lines and events. */
  writeOrdersTo(write: CombinedWrite): void {
    this.hasWrittenOrders = true;
    if (this.placed.length === 0) return;
    addOrders(write, this.placed);
    appendToOutbox(
      write,
      this.placed.map(({ order }) => placedEvent(order)),
    );
  }

  /** Adds what is not written yet: orders, lines, events, stock, and the keys with their replies. */
  writeTo(write: CombinedWrite): void {
    if (!this.hasWrittenOrders) this.writeOrdersTo(write);
    this.stock?.writeTo(write);
    addKeys(write, this.renderReplies());
  }

  /** Renders the reply of each keyed order once: the same bytes are stored and sent. */
  private renderReplies(): NewKey[] {
    return this.requests.flatMap(({ idempotency, principal, orderId }, index) => {
      const outcome = this.outcomes[index]!;
      if (!idempotency || outcome.result !== 'placed') return [];
      outcome.reply = idempotency.render(outcome.placed);
      const { key, fingerprint } = idempotency;
      return { principal, key, fingerprint, orderId, batchId: null, reply: outcome.reply };
    });
  }
}

function placedEvent(order: PlacedOrder['order']) {
  return {
    event: OrderPlaced,
    aggregateId: order.id,
    aggregateVersion: order.version,
    correlationId: order.requestId ?? order.id,
    payload: { order_id: order.id, status: order.status, previous_status: null, priority: order.priority },
    rank: order.priority,
  };
}
