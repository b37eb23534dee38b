import { OrderBatchesRepository, OrderBatchNotFoundError, OrderNotFoundError, OrdersRepository } from '@app/orders';
import { isRecord, isUuid, type Principal } from '@app/platform';
import { Injectable } from '@nestjs/common';

/** Lets users touch their own orders and batches; those of others are not there for them. */
@Injectable()
export class OwnOrders {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly batches: OrderBatchesRepository,
  ) {}

  /**
   * Looks at what a path names. Orders never change hands, so it can be looked at before the request is read. Throws
   * OrderNotFoundError, OrderBatchNotFoundError, word for word as for an order that does not exist.
   */
  check(params: unknown, userId: string, principal: Principal): Promise<void> | undefined {
    if (!isRecord(params)) return undefined;
    const { order_id: orderId, batch_id: batchId } = params;
    // Lists, and what is placed: there is nothing to look up.
    if (orderId === undefined && batchId === undefined) return undefined;
    return this.lookUp(orderId, batchId, userId, principal);
  }

  private async lookUp(orderId: unknown, batchId: unknown, userId: string, principal: Principal): Promise<void> {
    if (typeof orderId === 'string' && !(await this.orders.isOf(userId, orderId)))
      throw new OrderNotFoundError(orderId);
    // What is no id at all is refused as such by the route.
    if (typeof batchId === 'string' && isUuid(batchId) && !(await this.batches.isOf(principal.text, batchId)))
      throw new OrderBatchNotFoundError(batchId);
  }

  /** The same for orders that are named by their ids elsewhere: one statement, however many there are. */
  async checkAll(orderIds: readonly string[], userId: string): Promise<void> {
    const own = await this.orders.findOwn(userId, orderIds);
    const foreign = orderIds.find((orderId) => !own.has(orderId));
    if (foreign !== undefined) throw new OrderNotFoundError(foreign);
  }
}
