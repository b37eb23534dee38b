import { ExpectedReservations, type LockedStock, type StockChanges } from '@app/inventory';
import { appendToOutbox } from '@app/messaging';
import { type CombinedWrite, DomainError, registry } from '@app/platform';
import type { ProductForSale } from '@app/products';
import { Counter } from 'prom-client';
import { OrderPlaced } from '../contracts/order-events';
import { composeOrder, reserveStock, setTimes } from './compose-order';
import type { PlacedOrder, PlacementOutcome, PlacementRequest } from './placement';
import { addKeys, addOrders, type EarlierRequests, type NewKey } from './placement.repository';
import { isRepetition, Repetitions } from './repetitions';

const placements = new Counter({
  name: 'orders_placement_total',
  help: 'Requests to place an order by outcome; refused ones by error code (INVENTORY_INSUFFICIENT_STOCK: an oversell prevented)',
  labelNames: ['outcome'],
  registers: [registry],
});

/** Counts what became of requests, once it is committed. */
export function countPlacements(outcomes: readonly PlacementOutcome[]): void {
  for (const outcome of outcomes)
    placements.inc({ outcome: outcome.result === 'refused' ? outcome.error.code : outcome.result });
}

/** Placing, with everything read that needs no lock: what was asked before, and what is for sale at which price. */
export class OpenPlacements {
  private readonly repetitions: Repetitions;

  constructor(
    private readonly earlier: EarlierRequests,
    private readonly products: ReadonlyMap<number, ProductForSale>,
    private readonly lookAgain: (requests: readonly PlacementRequest[]) => Promise<EarlierRequests>,
  ) {
    this.repetitions = new Repetitions(earlier);
  }

  /**
   * Decides on stock that is locked, in memory, in the order in which the requests are given, each on what those before it left.
   * Each order gets all its lines or none; a refused one takes nothing. Nothing is written yet. Throws OvertakenError.
   */
  async decide(requests: readonly PlacementRequest[], stock: LockedStock): Promise<DecidedPlacements> {
    const reserve = (placed: PlacedOrder) => reserveStock(placed, stock);
    const outcomes = requests.map((request) => this.answer(request, this.repetitions, reserve));
    await this.requireNotOvertaken(requests.filter((_, index) => outcomes[index]!.result === 'refused'));
    return new DecidedPlacements(requests, outcomes, stock.takeChanges());
  }

  /** What is to be written if there is enough of everything; undefined when a request is refused in any case. */
  expect(requests: readonly PlacementRequest[]): ExpectedPlacements | undefined {
    const repetitions = new Repetitions(this.earlier);
    const outcomes = requests.map((request) => this.answer(request, repetitions, () => undefined));
    return outcomes.some(({ result }) => result === 'refused') ? undefined : new ExpectedPlacements(requests, outcomes);
  }

  /**
   * A request that is written although the same one was committed after the first look meets a unique index. One that is refused
   * does not: it would be told that the stock is short, and its repetition is what took it.
   */
  private async requireNotOvertaken(refused: readonly PlacementRequest[]): Promise<void> {
    const wereNew = refused.filter((request) => !isRepetition(request, this.earlier));
    const now = await this.lookAgain(wereNew);
    if (wereNew.some((request) => isRepetition(request, now))) throw new OvertakenError();
  }

  private answer(
    request: PlacementRequest,
    repetitions: Repetitions,
    reserve: (placed: PlacedOrder) => void,
  ): PlacementOutcome {
    const repetition = repetitions.answer(request);
    if (repetition) return repetition;
    try {
      const placed = composeOrder(request, this.products);
      reserve(placed);
      repetitions.remember(request);
      return { result: 'placed', placed };
    } catch (error) {
      if (error instanceof DomainError) return { result: 'refused', error };
      throw error;
    }
  }
}

/** What was committed since the first look makes a request a repetition: the transaction has to look again. */
export class OvertakenError extends Error {
  readonly code = 'OVERTAKEN';
}

/** Somebody took stock between the plan and the lock. */
export class StockTakenError extends Error {
  readonly code = 'STOCK_TAKEN';
}

/** Orders that can be written before anybody looked at their stock, because it is expected to be there. */
export class ExpectedPlacements {
  private readonly placed: readonly PlacedOrder[];

  constructor(
    private readonly requests: readonly PlacementRequest[],
    private readonly outcomes: PlacementOutcome[],
  ) {
    this.placed = placedOf(outcomes);
  }

  /** Adds what does not depend on the stock to a write. */
  writeTo(write: CombinedWrite): void {
    writeOrders(write, this.placed);
  }

  /** What takes their stock, in the same write or in a later one: it fails when the stock is not there, and nothing may stay then. */
  reservations(briefly = false): ExpectedReservations {
    return new ExpectedReservations(
      this.placed.flatMap(({ order, lines }) =>
        lines.map(({ productId, quantity }) => ({
          orderId: order.id,
          productId,
          quantity,
          processedBy: order.changedBy,
        })),
      ),
      briefly,
    );
  }

  /** One outcome per request, of what was written at that time. */
  placedAt(transactionTime: Date): PlacementOutcome[] {
    for (const { order } of this.placed) setTimes(order, transactionTime);
    return this.outcomes;
  }

  /** The same orders, written at that time, with their stock, which is still to be taken. */
  confirm(transactionTime: Date, briefly = false): DecidedPlacements {
    return new DecidedPlacements(this.requests, this.placedAt(transactionTime), this.reservations(briefly), true);
  }
}

/** What became of some requests, ready to be written. */
export class DecidedPlacements {
  private readonly placed: readonly PlacedOrder[];
  private readonly keys: readonly NewKey[];

  constructor(
    requests: readonly PlacementRequest[],
    /** One per request, in request order. */
    readonly outcomes: PlacementOutcome[],
    private readonly stock: StockChanges | ExpectedReservations,
    /** The orders were written ahead of their stock; what is left depends on it. */
    private readonly isAhead = false,
  ) {
    this.placed = placedOf(outcomes);
    this.keys = repliesOf(requests, outcomes);
  }

  get placedCount(): number {
    return this.placed.length;
  }

  /** Adds what does not depend on the stock to a write: orders, lines and events. See {@link takeStock}. */
  writeOrdersTo(write: CombinedWrite): void {
    writeOrders(write, this.placed);
  }

  /**
   * The same orders, written already, on stock that is locked by now. Throws StockTakenError when it is not there any more: nothing of
   * them may stay.
   */
  takeStock(requests: readonly PlacementRequest[], stock: LockedStock): DecidedPlacements {
    try {
      for (const placed of this.placed) reserveStock(placed, stock);
    } catch (error) {
      throw error instanceof DomainError ? new StockTakenError() : error;
    }
    return new DecidedPlacements(requests, this.outcomes, stock.takeChanges(), true);
  }

  /** Adds orders, lines, keys, stock and events of what is placed to a write, without what is written already. */
  writeTo(write: CombinedWrite): void {
    if (!this.isAhead) writeOrders(write, this.placed);
    this.stock.writeTo(write);
    addKeys(write, this.keys);
  }
}

function placedOf(outcomes: readonly PlacementOutcome[]): PlacedOrder[] {
  return outcomes.flatMap((outcome) => (outcome.result === 'placed' ? outcome.placed : []));
}

/** Renders the reply of each keyed order once: the same bytes are stored and sent. */
function repliesOf(requests: readonly PlacementRequest[], outcomes: readonly PlacementOutcome[]): NewKey[] {
  return requests.flatMap(({ idempotency, orderId }, index) => {
    const outcome = outcomes[index]!;
    if (!idempotency || outcome.result !== 'placed') return [];
    outcome.reply = idempotency.render(outcome.placed);
    const { key, fingerprint } = idempotency;
    return { key, fingerprint, orderId, batchId: null, reply: outcome.reply };
  });
}

function writeOrders(write: CombinedWrite, placed: readonly PlacedOrder[]): void {
  if (placed.length === 0) return;
  addOrders(write, placed);
  appendToOutbox(
    write,
    placed.map(({ order }) => placedEvent(order)),
  );
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
