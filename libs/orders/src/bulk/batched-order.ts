import { DomainError, type FieldError, InvalidInputError } from '@app/platform';
import type { PlacementOutcome, PlacementRequest } from '../placement/placement';

/** An order of a bulk request that cannot be placed as it is, whatever the stock: what is wrong with it. */
export class InvalidOrder {
  constructor(
    readonly message: string,
    readonly problems: readonly FieldError[] = [],
  ) {}

  /** Why it is refused. */
  toError(): DomainError {
    return new InvalidInputError(this.message, this.problems);
  }
}

/** An order that was stored and cannot be read any more. It was checked before: somebody changed it outside of the product. */
export class UnreadableOrder extends InvalidOrder {
  override toError(): DomainError {
    return new UnreadableOrderError(this.message);
  }
}

/** What was stored of an order of a bulk request was changed outside of the product, and cannot be read. Only this order is not placed. */
class UnreadableOrderError extends DomainError {
  readonly code = 'ORDER_BATCH_UNREADABLE';
  readonly kind = 'invalid';
}

/** An order as it stands in a bulk request. */
export type BatchedOrder = PlacementRequest | InvalidOrder;

/** Those that are left to decide, in request order. */
export function validOrders(orders: readonly BatchedOrder[]): PlacementRequest[] {
  return orders.filter((order): order is PlacementRequest => !(order instanceof InvalidOrder));
}

/** One outcome per order again, when there is one per valid order: each invalid one is refused. */
export function outcomesOfAll(
  orders: readonly BatchedOrder[],
  decided: readonly PlacementOutcome[],
): readonly PlacementOutcome[] {
  if (decided.length === orders.length) return decided;
  const valid = decided.values();
  return orders.map((order) =>
    order instanceof InvalidOrder ? { result: 'refused', error: order.toError() } : valid.next().value!,
  );
}
