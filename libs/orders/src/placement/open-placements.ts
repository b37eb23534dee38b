import type { LockedStock, StockChanges } from '@app/inventory';
import { appendToOutbox } from '@app/messaging';
import { type CombinedWrite, DomainError, registry } from '@app/platform';
import type { ProductForSale } from '@app/products';
import { Counter } from 'prom-client';
import { OrderPlaced } from '../contracts/order-events';
import { decidePlacement } from './decide-placement';
import type { PlacedOrder, PlacementOutcome, PlacementRequest } from './placement';
import { addOrders, type NewKey } from './placement.repository';
import type { Repetitions } from './repetitions';

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

/**
 * Placing on stock that is locked: requests are decided in memory, in the order in which they are given, each on what those before
 * it left. It exists only between the lock and the commit.
 */
export class OpenPlacements {
  constructor(
    private readonly repetitions: Repetitions,
    private readonly products: ReadonlyMap<number, ProductForSale>,
    private readonly stock: LockedStock,
  ) {}

  /** Each order gets all its lines or none; a refused one takes nothing. Nothing is written yet. */
  decide(requests: readonly PlacementRequest[]): DecidedPlacements {
    const placed: PlacedOrder[] = [];
    const keys: NewKey[] = [];
    const outcomes = requests.map((request): PlacementOutcome => {
      const repetition = this.repetitions.answer(request);
      if (repetition) return repetition;
      try {
        const order = decidePlacement(request, this.products, this.stock);
        this.repetitions.remember(request);
        placed.push(order);
        const { idempotency, orderId } = request;
        if (!idempotency) return { result: 'placed', placed: order };
        const reply = idempotency.render(order);
        keys.push({ key: idempotency.key, fingerprint: idempotency.fingerprint, orderId, batchId: null, reply });
        return { result: 'placed', placed: order, reply };
      } catch (error) {
        if (error instanceof DomainError) return { result: 'refused', error };
        throw error;
      }
    });
    return new DecidedPlacements(outcomes, placed, keys, this.stock.takeChanges());
  }
}

/** What became of some requests, ready to be written. */
export class DecidedPlacements {
  constructor(
    /** One per request, in request order. */
    readonly outcomes: PlacementOutcome[],
    private readonly placed: readonly PlacedOrder[],
    private readonly keys: readonly NewKey[],
    private readonly stockChanges: StockChanges,
  ) {}

  get placedCount(): number {
    return this.placed.length;
  }

  /** Adds orders, lines, keys, stock and events of what is placed to the transaction's one write. */
  writeTo(write: CombinedWrite): void {
    if (this.placed.length === 0) return;
    addOrders(write, this.placed, this.keys);
    this.stockChanges.writeTo(write);
    appendToOutbox(
      write,
      this.placed.map(({ order }) => placedEvent(order)),
    );
  }
}

function placedEvent(order: PlacedOrder['order']) {
  return {
    event: OrderPlaced,
    aggregateId: order.id,
    aggregateVersion: order.version,
    correlationId: order.requestId ?? order.id,
    payload: { order_id: order.id, status: order.status, previous_status: null, priority: order.priority },
  };
}
