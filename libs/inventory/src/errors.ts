import { DomainError, type FieldError } from '@app/platform';

/** Some lines of an order ask for more than is available; nothing of the order was reserved. */
export class InsufficientStockError extends DomainError {
  readonly code = 'INVENTORY_INSUFFICIENT_STOCK';
  readonly kind = 'conflict';

  constructor(fields: readonly FieldError[]) {
    super('Insufficient stock for one or more items. Nothing was reserved.', fields);
  }
}

/** The product does not exist: each has a stock level from its first moment. */
export class StockLevelNotFoundError extends DomainError {
  readonly code = 'INVENTORY_NOT_FOUND';
  readonly kind = 'not_found';

  constructor(productId: number) {
    super(`There is no inventory for product ${productId}.`);
  }
}

/** An adjustment would take away units that open orders reserve, or that are not there. */
export class CannotRemoveStockError extends DomainError {
  readonly code = 'INVENTORY_CANNOT_REMOVE';
  readonly kind = 'conflict';

  constructor(quantity: number, available: number) {
    const message = `Cannot remove ${quantity} units. Only ${available} available.`;
    super(message, [{ field: 'quantity', code: 'insufficient_stock', message }]);
  }
}

/** The quantity on hand is not the one that the caller saw before it decided. */
export class UnexpectedQuantityError extends DomainError {
  readonly code = 'INVENTORY_UNEXPECTED_QUANTITY';
  readonly kind = 'conflict';

  constructor(expected: number, onHand: number) {
    const message = `Expected ${expected} units on hand, but there are ${onHand}. Look again before you adjust.`;
    super(message, [{ field: 'expected_quantity', code: 'unexpected_quantity', message }]);
  }
}

/** An adjustment would put more on the shelf than fits. */
export class CapacityExceededError extends DomainError {
  readonly code = 'INVENTORY_CAPACITY_EXCEEDED';
  readonly kind = 'conflict';

  constructor(newQuantity: number, maximumCapacity: number) {
    const message = `Cannot store ${newQuantity} units. The maximum capacity is ${maximumCapacity}.`;
    super(message, [{ field: 'quantity', code: 'capacity_exceeded', message }]);
  }
}

/** The capacity can not be less than what is on hand. */
export class CapacityBelowStockError extends DomainError {
  readonly code = 'INVENTORY_CAPACITY_BELOW_STOCK';
  readonly kind = 'conflict';

  constructor() {
    const message = 'More than that is on hand. Remove stock first, or choose a greater capacity.';
    super(message, [{ field: 'maximum_capacity', code: 'below_stock', message }]);
  }
}
