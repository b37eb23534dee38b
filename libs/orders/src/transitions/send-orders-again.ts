import { appendToOutbox, type EventType, OutboxRepository } from '@app/messaging';
import { CombinedWrite, Transactions } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { OrderEventPayload } from '../contracts/order-events';
import { OrderTransitionsRepository } from './order-transitions.repository';
import { turnOfOrder } from './turn-of-order';
import type { StaleOrder } from './stale-orders.repository';

const BATCH_SIZE = 500;

/**
 * Asks for the stage that follows the state of each order once more, and returns for how many. Nothing of an order changes, so it
 * has no new version. One that moved since it was read, or that somebody else sent meanwhile, is left alone: both are looked at
 * again under its lock.
 */
@Injectable()
export class SendOrdersAgain {
  constructor(
    private readonly transactions: Transactions<'orders'>,
    private readonly transitions: OrderTransitionsRepository,
    private readonly outbox: OutboxRepository,
  ) {}

  async execute(
    orders: readonly Pick<StaleOrder, 'id' | 'version'>[],
    event: EventType<OrderEventPayload>,
    requestId: string,
  ): Promise<number> {
    let sent = 0;
    for (let first = 0; first < orders.length; first += BATCH_SIZE)
      sent += await this.sendBatch(orders.slice(first, first + BATCH_SIZE), event, requestId);
    return sent;
  }

  private async sendBatch(
    orders: readonly Pick<StaleOrder, 'id' | 'version'>[],
    event: EventType<OrderEventPayload>,
    requestId: string,
  ): Promise<number> {
    return this.transactions.run(async (tx) => {
      const ids = orders.map(({ id }) => id);
      const locked = await this.transitions.lockOrders(tx, ids);
      const unclaimed = await this.outbox.findUnclaimed(tx, ids);
      const still = orders
        .filter(({ id, version }) => locked.get(id)?.version === version && !unclaimed.has(id))
        .map(({ id }) => locked.get(id)!);
      const write = new CombinedWrite();
      appendToOutbox(
        write,
        still.map((order) => ({
          event,
          aggregateId: order.id,
          aggregateVersion: order.version,
          correlationId: requestId,
          payload: {
            order_id: order.id,
            status: order.status,
            previous_status: order.status,
            priority: order.priority,
          },
          ...turnOfOrder(order),
        })),
      );
      await write.execute(tx);
      return still.length;
    });
  }
}
