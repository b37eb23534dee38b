import { appendToOutbox, DeadLettersRepository, type EventEnvelope } from '@app/messaging';
import {
  CombinedWrite,
  CONFIG,
  type Config,
  type DomainError,
  LOGGER,
  type Logger,
  registry,
  Transactions,
} from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { type OrderEventPayload, OrderRequeued, OrderResumed } from '../contracts/order-events';
import { ORDER_PRIORITIES } from '../order-priority';
import { staleAfterMinutes } from '../staleness';
import { MoveOrders } from './move-orders';
import type { OrderMove } from './order-move';
import { OrderMovesRepository } from './order-moves.repository';
import { type StaleOrder, StaleOrdersRepository } from './stale-orders.repository';

const BATCH_SIZE = 500;
/** Orders of one state per sweep at most. What is left over is stale a minute later as well. */
const ORDERS_MAX = 10_000;

const swept = new Counter({
  name: 'orders_swept_total',
  help: 'Stale orders by what the sweep did with them; blocked ones wait for somebody to resolve their dead letter',
  labelNames: ['action'],
  registers: [registry],
});

export interface SweepResult {
  requeued: number;
  putBack: number;
  failed: number;
  delivered: number;
  /** Pending for too long because a dead letter of theirs is open. */
  blocked: number;
  /** What is stored of them was damaged: each has a dead letter, and the others went on. */
  inconsistent: number;
}

/**
 * Finds orders that stopped moving and brings them on: pending ones go to the queue again, unless a dead letter of theirs waits for
 * a person (sending them again would only make another one), processing ones back to pending
 * (the fourth time they fail and release their stock), shipped ones count as delivered. An order that was damaged outside of
 * the product becomes a dead letter alone. Every write checks state and version again under the lock, so that an order that moved since it was read stays as it is.
 */
@Injectable()
export class SweepStaleOrders {
  constructor(
    private readonly transactions: Transactions,
    private readonly stale: StaleOrdersRepository,
    private readonly orders: OrderMovesRepository,
    private readonly moveOrders: MoveOrders,
    private readonly deadLetters: DeadLettersRepository,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(requestId: string): Promise<SweepResult> {
    const result: SweepResult = { requeued: 0, putBack: 0, failed: 0, delivered: 0, blocked: 0, inconsistent: 0 };
    const minutes = staleAfterMinutes(this.config);
    await this.eachBatch('shipped', minutes.shipped, async (batch) => {
      result.delivered += await this.move(result, batch, requestId, 'shipped', () => [
        'delivered',
        'No news from the carrier: counted as delivered',
      ]);
    });
    await this.eachBatch('processing', minutes.processing, async (batch) => {
      const hopeless = batch.filter(({ putBacks }) => putBacks >= this.config.STALE_PUT_BACKS_MAX);
      const others = batch.filter(({ putBacks }) => putBacks < this.config.STALE_PUT_BACKS_MAX);
      result.failed += await this.move(result, hopeless, requestId, 'processing', ({ putBacks }) => [
        'failed',
        `Stopped moving after it was put back ${putBacks} times`,
      ]);
      result.putBack += await this.move(result, others, requestId, 'processing', () => [
        'pending',
        'Stopped moving: put back',
      ]);
    });
    await this.eachBatch('pending', minutes.pending, async (batch) => {
      const blocked = await this.deadLetters.findBlocked(batch.map(({ id }) => id));
      result.blocked += blocked.size;
      result.requeued += await this.requeue(
        batch.filter(({ id }) => !blocked.has(id)),
        requestId,
      );
    });
    for (const [action, count] of Object.entries(result)) if (count > 0) swept.inc({ action }, count);
    if (Object.values(result).some((count) => count > 0))
      this.logger.info({ ...result, request_id: requestId }, 'orders.swept');
    return result;
  }

  private async eachBatch(
    status: 'pending' | 'processing' | 'shipped',
    minutes: number,
    work: (batch: StaleOrder[]) => Promise<void>,
  ): Promise<void> {
    let last: StaleOrder | undefined;
    for (let seen = 0; seen < ORDERS_MAX; seen += BATCH_SIZE) {
      const batch: StaleOrder[] = await this.stale.findStale(status, minutes, BATCH_SIZE, last);
      last = batch.at(-1);
      if (batch.length > 0) await work(batch);
      if (batch.length < BATCH_SIZE) return;
    }
  }

  private async move(
    sweep: SweepResult,
    orders: readonly StaleOrder[],
    requestId: string,
    from: 'processing' | 'shipped',
    decide: (order: StaleOrder) => [to: OrderMove['to'], reason: string],
  ): Promise<number> {
    if (orders.length === 0) return 0;
    const outcomes = await this.moveOrders.execute(
      orders.map((order) => {
        const [to, reason] = decide(order);
        return { orderId: order.id, from, version: order.version, to, reason, actor: 'scheduler', requestId };
      }),
    );
    for (const [index, outcome] of outcomes.entries())
      if (outcome.result === 'refused') {
        sweep.inconsistent++;
        await this.keepDeadLetter(orders[index]!, from, requestId, outcome.error);
      }
    return outcomes.filter(({ result }) => result === 'moved').length;
  }

  /** One per order, however often it is swept: its id is the order's. Replayed after a repair, the order is taken up where it is. */
  private async keepDeadLetter(
    { id, version }: StaleOrder,
    status: 'processing' | 'shipped',
    requestId: string,
    { code, message }: DomainError,
  ): Promise<void> {
    const envelope: EventEnvelope<OrderEventPayload> = {
      id,
      type: OrderResumed.type,
      occurred_at: new Date().toISOString(),
      aggregate_id: id,
      aggregate_version: version,
      correlation_id: requestId,
      payload: { order_id: id, status, previous_status: status, priority: ORDER_PRIORITIES.normal },
    };
    await this.deadLetters.keep({
      id,
      queue: 'fulfillment',
      type: envelope.type,
      envelope,
      code,
      reason: message,
      attempts: 1,
    });
  }

  private async requeue(orders: readonly StaleOrder[], requestId: string): Promise<number> {
    if (orders.length === 0) return 0;
    return this.transactions.run(async (tx) => {
      const locked = await this.orders.lockOrders(
        tx,
        orders.map(({ id }) => id),
      );
      const still = orders
        .map(({ id, version }) => ({ version, order: locked.get(id) }))
        .flatMap(({ version, order }) =>
          order && order.status === 'pending' && order.version === version ? [order] : [],
        );
      if (still.length === 0) return 0;
      const write = new CombinedWrite();
      this.stale.markRequeued(write, still, requestId);
      appendToOutbox(
        write,
        still.map((order) => ({
          event: OrderRequeued,
          aggregateId: order.id,
          aggregateVersion: order.version + 1,
          correlationId: requestId,
          payload: { order_id: order.id, status: 'pending', previous_status: 'pending', priority: order.priority },
        })),
      );
      await write.execute(tx);
      return still.length;
    });
  }
}
