import { publish } from '@app/messaging';
import { type ChangeContext, changedFields, recordChangesAs } from '@app/audit';
import { type ExpectedVersions, expectVersion, type Once, Transactions } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { OrderPriorityChanged } from './contracts/order-events';
import { CannotAmendOrderError, OrderNotFoundError } from './errors';
import { Order } from './order.entity';
import { turnOfOrder } from './transitions/turn-of-order';
import { isFinal, OrderStatus } from './order-status';

/** What may be changed after placing; undefined leaves a field as it is. */
export interface Amendment {
  shippingAddress?: string | null;
  billingAddress?: string | null;
  /** 1 high, 2 normal, 3 low; a pending order takes its place among those of its new priority. */
  priority?: number;
  trackingNumber?: string | null;
  notes?: string | null;
}

/**
 * Changes an order that still moves. The row is locked first, so that a stage that moves it at the same moment neither loses its
 * change nor this one. Throws OrderNotFoundError, VersionMismatchError, CannotAmendOrderError.
 */
@Injectable()
export class AmendOrder {
  constructor(private readonly transactions: Transactions<'orders'>) {}

  async execute(
    id: string,
    amendment: Amendment,
    by: ChangeContext,
    expected?: ExpectedVersions,
    once?: Once<void, 'orders'>,
  ): Promise<void> {
    await this.transactions.run(
      async (tx) => {
        const order = await tx.findOne(Order, { where: { id }, lock: { mode: 'pessimistic_write' } });
        if (!order) throw new OrderNotFoundError(id);
        expectVersion(order.version, expected);
        if (isFinal(order.status)) throw new CannotAmendOrderError(order.status);
        const different = changedFields<Amendment>(order, amendment);
        if (Object.keys(different).length === 0) return;
        await recordChangesAs(tx, by);
        await tx.update(Order, { id }, different);
        const { priority } = different;
        if (order.status !== OrderStatus.pending || priority === undefined) return;
        const { status, createdAt } = order;
        await publish(tx, [
          {
            event: OrderPriorityChanged,
            aggregateId: id,
            aggregateVersion: order.version + 1,
            correlationId: by.requestId ?? id,
            payload: { order_id: id, status, previous_status: status, priority },
            ...turnOfOrder({ status, priority, createdAt }),
          },
        ]);
      },
      { once },
    );
  }
}
