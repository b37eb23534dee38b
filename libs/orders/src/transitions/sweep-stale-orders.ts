import type { ChangeContext } from '@app/audit';
import { DeadLettersRepository, type EventEnvelope } from '@app/messaging';
import { CONFIG, type Config, type DomainError, LOGGER, type Logger, registry } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { type OrderEventPayload, OrderRequeued, OrderResumed } from '../contracts/order-events';
import { FULFILLMENT_SUBSCRIPTION } from '../fulfillment-subscription';
import { ORDER_PRIORITIES } from '../order-priority';
import { OrderStatus } from '../order-status';
import { staleAfterMinutes } from '../staleness';
import { FindAbandonedOrders, type FindQueued } from './find-abandoned-orders';
import { ApplyTransitions } from './apply-transitions';
import type { OrderTransition } from './order-transition';
import { SendOrdersAgain } from './send-orders-again';
import type { StaleOrder } from './stale-orders.repository';

const BATCH_SIZE = 500;

const swept = new Counter({
  name: 'orders_swept_total',
  help: 'Stale orders by what the sweep did with them; blocked ones wait for somebody to resolve their dead letter',
  labelNames: ['action'],
  registers: [registry],
});

/** Who sweeps, and by which tick. */
type SweptBy = Omit<ChangeContext, 'reason'> & { requestId: string };

export interface SweepResult {
  requeued: number;
  putBack: number;
  failed: number;
  delivered: number;
  /** In their state for too long because a dead letter of theirs is open. */
  blocked: number;
  /** What is stored of them was damaged: each has a dead letter, and the others went on. */
  inconsistent: number;
}

/**
 * Finds orders that stopped moving and that nobody is going to move, and brings them on: pending ones go to the queue again,
 * processing ones back to pending (the fourth time they fail and release their stock), shipped ones count as delivered. What has
 * an event or a job waiting is not stale, however long the backlog; what has an open dead letter waits for a person (sending it again
 * would only make another one). An order that was damaged outside of the product becomes a dead letter alone. Every write checks state and version again under the lock, so that an order that moved since it was
 * read stays as it is. Taking a line for a stop once put 10,000 orders a minute into it a second time: deliveries fell from
 * 70 a second to 1.
 */
@Injectable()
export class SweepStaleOrders {
  constructor(
    private readonly abandoned: FindAbandonedOrders,
    private readonly sendAgain: SendOrdersAgain,
    private readonly applyTransitions: ApplyTransitions,
    private readonly deadLetters: DeadLettersRepository,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(by: SweptBy, findQueued: FindQueued): Promise<SweepResult> {
    const { pending, processing, shipped } = staleAfterMinutes(this.config);
    const deadlines = { pending: pending * 60, processing: processing * 60, shipped: shipped * 60 };
    const { orders, blocked } = await this.abandoned.execute(deadlines, findQueued);
    const result: SweepResult = { requeued: 0, putBack: 0, failed: 0, delivered: 0, blocked, inconsistent: 0 };
    const isHopeless = ({ putBacks }: StaleOrder) => putBacks >= this.config.STALE_PUT_BACKS_MAX;
    const stopped = orders.filter(({ status }) => status === OrderStatus.processing);
    result.delivered = await this.transition(
      result,
      orders.filter(({ status }) => status === OrderStatus.shipped),
      by,
      () => [OrderStatus.delivered, 'No news from the carrier: counted as delivered'],
    );
    result.failed = await this.transition(result, stopped.filter(isHopeless), by, ({ putBacks }) => [
      OrderStatus.failed,
      `Stopped moving after it was put back ${putBacks} times`,
    ]);
    result.putBack = await this.transition(
      result,
      stopped.filter((order) => !isHopeless(order)),
      by,
      () => [OrderStatus.pending, 'Stopped moving: put back'],
    );
    result.requeued = await this.sendAgain.execute(
      orders.filter(({ status }) => status === OrderStatus.pending),
      OrderRequeued,
      by.requestId,
    );
    for (const [action, count] of Object.entries(result)) if (count > 0) swept.inc({ action }, count);
    if (Object.values(result).some((count) => count > 0))
      this.logger.info(
        {
          requeued: result.requeued,
          put_back: result.putBack,
          failed: result.failed,
          delivered: result.delivered,
          blocked: result.blocked,
          inconsistent: result.inconsistent,
          request_id: by.requestId,
          principal: by.principal.text,
        },
        'orders.swept',
      );
    return result;
  }

  private async transition(
    sweep: SweepResult,
    orders: readonly StaleOrder[],
    by: SweptBy,
    decide: (order: StaleOrder) => [to: OrderTransition['to'], reason: string],
  ): Promise<number> {
    let moved = 0;
    for (let first = 0; first < orders.length; first += BATCH_SIZE) {
      const outcomes = await this.applyTransitions.execute(
        orders.slice(first, first + BATCH_SIZE).map((order) => {
          const [to, reason] = decide(order);
          const { id: orderId, status: from, version } = order;
          return { orderId, from, version, to, reason, ...by };
        }),
        // What is locked for long is as stale for the next sweep.
        { briefly: true },
      );
      for (const [index, outcome] of outcomes.entries())
        if (outcome.result === 'refused') {
          sweep.inconsistent++;
          await this.keepDeadLetter(orders[first + index]!, by.requestId, outcome.error);
        }
      moved += outcomes.filter(({ result }) => result === 'moved').length;
    }
    return moved;
  }

  /** One per order, however often it is swept: its id is the order's. Replayed after a repair, the order is taken up where it is. */
  private async keepDeadLetter(
    { id, version, status }: StaleOrder,
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
      subscription: FULFILLMENT_SUBSCRIPTION,
      type: envelope.type,
      envelope,
      code,
      reason: message,
      attempts: 1,
    });
  }
}
