import { StockLevelsRepository } from '@app/inventory';
import { appendToOutbox } from '@app/messaging';
import { CombinedWrite, DomainError, errorCode, registry, SqlState, Transactions, type Tx } from '@app/platform';
import { ProductsRepository } from '@app/products';
import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { OrderPlaced } from '../contracts/order-events';
import { decidePlacement } from './decide-placement';
import type { PlacedOrder, PlacementOutcome, PlacementRequest } from './placement';
import { type EarlierRequests, type NewKey, PlacementRepository } from './placement.repository';
import { Repetitions } from './repetitions';

const placements = new Counter({
  name: 'orders_placement_total',
  help: 'Requests to place an order by outcome; refused ones by error code (INVENTORY_INSUFFICIENT_STOCK: an oversell prevented)',
  labelNames: ['outcome'],
  registers: [registry],
});

const NOTHING_EARLIER: EarlierRequests = {
  orderIds: new Set(),
  externalReferences: new Set(),
  replies: new Map(),
  keysInUse: new Set(),
};

/**
 * Places a batch of one to many orders in ONE transaction and returns one outcome per request, in request order. Each order
 * gets all its lines or none; a refused one changes nothing and leaves its neighbours alone. What is read is read before the
 * stock is locked; while it is locked there is one statement and the commit.
 */
@Injectable()
export class PlaceOrders {
  constructor(
    private readonly transactions: Transactions,
    private readonly products: ProductsRepository,
    private readonly stockLevels: StockLevelsRepository,
    private readonly repository: PlacementRepository,
  ) {}

  async execute(requests: readonly PlacementRequest[]): Promise<PlacementOutcome[]> {
    const outcomes = await this.transactions.run((tx) => this.place(tx, requests), {
      // Someone committed the same id, reference or key after this batch had looked for it: look again.
      retryWhen: (error) => errorCode(error) === SqlState.UNIQUE_VIOLATION,
    });
    for (const outcome of outcomes)
      placements.inc({ outcome: outcome.result === 'refused' ? outcome.error.code : outcome.result });
    return outcomes;
  }

  private async place(tx: Tx, requests: readonly PlacementRequest[]): Promise<PlacementOutcome[]> {
    const repetitions = new Repetitions(await this.findEarlier(tx, requests));
    const productIds = [...new Set(requests.flatMap(({ lines }) => lines.map(({ productId }) => productId)))];
    const products = await this.products.findForSale(tx, productIds);
    const stock = await this.stockLevels.lockLevels(tx, productIds);
    const placed: PlacedOrder[] = [];
    const keys: NewKey[] = [];
    const outcomes = requests.map((request): PlacementOutcome => {
      const repetition = repetitions.answer(request);
      if (repetition) return repetition;
      try {
        const order = decidePlacement(request, products, stock);
        repetitions.remember(request);
        placed.push(order);
        const { idempotency, orderId } = request;
        if (!idempotency) return { result: 'placed', placed: order };
        const reply = idempotency.render(order);
        keys.push({ key: idempotency.key, fingerprint: idempotency.fingerprint, orderId, reply });
        return { result: 'placed', placed: order, reply };
      } catch (error) {
        if (error instanceof DomainError) return { result: 'refused', error };
        throw error;
      }
    });
    if (placed.length > 0) {
      const write = new CombinedWrite();
      this.repository.insertOrders(write, placed, keys);
      stock.writeTo(write);
      appendToOutbox(
        write,
        placed.map(({ order }) => placedEvent(order)),
      );
      await write.execute(tx);
    }
    return outcomes;
  }

  private async findEarlier(tx: Tx, requests: readonly PlacementRequest[]): Promise<EarlierRequests> {
    const ids = requests.filter(({ orderIdGiven }) => orderIdGiven).map(({ orderId }) => orderId);
    const references = requests.flatMap(({ externalReference }) => externalReference ?? []);
    const keys = [...new Set(requests.flatMap(({ idempotency }) => idempotency?.key ?? []))];
    // Most batches give none of them: no round trip then.
    if (ids.length + references.length + keys.length === 0) return NOTHING_EARLIER;
    return this.repository.findEarlier(tx, ids, references, keys);
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
