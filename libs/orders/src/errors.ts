import { DomainError, errorCode, type FieldError, violatedConstraint } from '@app/platform';
import type { OrderStatus } from './order-status';

/** No order has this id, or had it at the time asked for. */
export class OrderNotFoundError extends DomainError {
  readonly code = 'ORDER_NOT_FOUND';
  readonly kind = 'not_found';

  constructor(id: string) {
    super(`Order ${id} does not exist.`);
  }
}

/** The order existed then, but versions of that age are cleaned up. */
export class OrderVersionNotKeptError extends DomainError {
  readonly code = 'ORDER_VERSION_NOT_KEPT';
  readonly kind = 'not_found';

  constructor(id: string) {
    super(`What order ${id} was like at that time is not kept any more.`);
  }
}

/** Some lines name products that do not exist or are not for sale. */
export class UnknownProductError extends DomainError {
  readonly code = 'ORDER_UNKNOWN_PRODUCT';
  readonly kind = 'invalid';

  constructor(fields: readonly FieldError[]) {
    super('One or more products cannot be ordered.', fields);
  }
}

/** Two lines name the same product. Each alone would pass the look at what is available. */
export class RepeatedProductError extends DomainError {
  readonly code = 'ORDER_REPEATED_PRODUCT';
  readonly kind = 'invalid';

  constructor(fields: readonly FieldError[]) {
    super('An order has one line per product.', fields);
  }
}

/** An order with this id or external reference exists already. */
export class DuplicateOrderError extends DomainError {
  readonly code = 'ORDER_DUPLICATE';
  readonly kind = 'conflict';
  override readonly members: DomainError['members'];

  /** `orderId` names the order that exists; undefined when it is one of a bulk request that was rejected as a whole. */
  constructor(
    private readonly field: 'order_id' | 'external_reference',
    private readonly value: string,
    orderId: string | undefined,
  ) {
    super(`An order with ${field} ${value} exists already.`, [
      { field, code: 'duplicate', message: `An order with this ${field} exists already.` },
    ]);
    this.members = orderId === undefined ? {} : { order_id: orderId };
  }

  /** The same where the other order is not placed after all. */
  withoutOrder(): DuplicateOrderError {
    return new DuplicateOrderError(this.field, this.value, undefined);
  }
}

/** The order was shipped, or has ended. */
export class CannotCancelOrderError extends DomainError {
  readonly code = 'ORDER_CANNOT_CANCEL';
  readonly kind = 'conflict';

  constructor(status: OrderStatus) {
    super(`Cannot cancel order in ${status} status`);
  }
}

/** A final order stays as it is. */
export class CannotAmendOrderError extends DomainError {
  readonly code = 'ORDER_CANNOT_CHANGE';
  readonly kind = 'conflict';

  constructor(status: OrderStatus) {
    super(`Cannot change order in ${status} status`);
  }
}

/** The key came before with another body. */
export class IdempotencyKeyReusedError extends DomainError {
  readonly code = 'IDEMPOTENCY_KEY_REUSED';
  readonly kind = 'key_reused';
  override readonly members: DomainError['members'];

  /** `orderId` names the order that the key placed, if it did. */
  constructor(orderId?: string) {
    super('This Idempotency-Key was used with a different request. Use a new key for a new request.');
    this.members = orderId === undefined ? {} : { order_id: orderId };
  }
}

/** A request with the same key is running right now. */
export class IdempotencyKeyInUseError extends DomainError {
  readonly code = 'IDEMPOTENCY_KEY_IN_USE';
  readonly kind = 'conflict';
  override readonly members: DomainError['members'];

  /** `orderId` names the order that the other request places, where it is known. */
  constructor(orderId?: string) {
    super('A request with this Idempotency-Key is still running. Try again in a moment to get its reply.');
    this.members = orderId === undefined ? {} : { order_id: orderId };
  }
}

/** No bulk request has this id. */
export class OrderBatchNotFoundError extends DomainError {
  readonly code = 'ORDER_BATCH_NOT_FOUND';
  readonly kind = 'not_found';

  constructor(id: string) {
    super(`Batch ${id} does not exist.`);
  }
}

/** Some orders of a bulk request can never be placed as they are; nothing was placed. `batch_id` names the batch that keeps the results. */
export class BatchInvalidError extends DomainError {
  readonly code = 'ORDER_BATCH_INVALID';
  readonly kind = 'invalid';
  override readonly members: DomainError['members'];

  constructor(message: string, fields: readonly FieldError[], batchId: string | null) {
    super(message, fields);
    this.members = batchId === null ? {} : { batch_id: batchId };
  }
}

/** Some orders of a bulk request meet a lack of stock or an order that exists; nothing was placed. `batch_id` names the batch that keeps the results. */
export class BatchConflictError extends DomainError {
  readonly code = 'ORDER_BATCH_CONFLICT';
  readonly kind = 'conflict';
  override readonly members: DomainError['members'];

  constructor(message: string, fields: readonly FieldError[], batchId: string | null) {
    super(message, fields);
    this.members = batchId === null ? {} : { batch_id: batchId };
  }
}

/** Nothing is wrong with this order of a bulk request, but its batch was rejected. */
export class BatchedOrderRejectedError extends DomainError {
  readonly code = 'ORDER_BATCH_REJECTED';
  readonly kind = 'conflict';

  constructor() {
    super('This order was not placed because its batch failed.');
  }
}

/**
 * What is stored of an order, its reservations and its stock contradicts itself: somebody changed it outside of the product. Only this
 * order is held up.
 */
export class ReservationMismatchError extends DomainError {
  readonly code = 'INVENTORY_RESERVATION_MISMATCH';
  readonly kind = 'conflict';
  override readonly members: DomainError['members'];

  constructor(orderId: string, productIds: readonly number[], reason: string) {
    const products = `product${productIds.length === 1 ? '' : 's'} ${productIds.join(', ')}`;
    super(
      `Order ${orderId} and the stock of ${products} do not agree: ${reason}. ` +
        'The order stays as it is until an operator runs: npm run cli -- reconcile-stock',
    );
    this.members = { order_id: orderId, product_ids: [...productIds] };
  }
}

/** The database refused to change what is stored of this order. Only this order is held up. */
export class OrderInconsistentError extends DomainError {
  readonly code = 'ORDER_INCONSISTENT';
  readonly kind = 'conflict';
  override readonly members: DomainError['members'];

  constructor(orderId: string, productIds: readonly number[], cause: unknown) {
    const reason = violatedConstraint(cause) ?? errorCode(cause) ?? (cause instanceof Error ? cause.name : 'unknown');
    super(
      `Order ${orderId} (product ${productIds.join(', ')}) can not be changed: what is stored of it contradicts itself (${reason}). ` +
        'It stays as it is until an operator runs: npm run cli -- verify',
      [],
      { cause },
    );
    this.members = { order_id: orderId, product_ids: [...productIds] };
  }
}
