import { type BatchedOrder, InvalidOrder } from './batched-order';
import { ORDERS_PER_TRANSACTION_MAX } from './order-batch';

/**
 * What one statement writes at most, of orders of many lines or long texts. To make and to send more of it holds the event loop up for
 * longer than anybody should wait: 100,000 lines took 700 ms.
 */
const LINES_MAX = 2500;
const CHARACTERS_MAX = 512 * 1024;

/** Orders of a batch that follow one another, few enough to be written with one statement. */
export interface Part {
  /** The place of the first one in the batch. */
  firstIndex: number;
  orders: BatchedOrder[];
}

/** Cuts the orders of a batch into parts; there is one at least, and each has one order at least where there are any. */
export function* partsOf(orders: readonly BatchedOrder[]): Generator<Part, void> {
  let part: Part = { firstIndex: 0, orders: [] };
  let [lines, characters] = [0, 0];
  for (const [index, order] of orders.entries()) {
    const size = sizeOf(order);
    lines += size.lines;
    characters += size.characters;
    const isFull =
      part.orders.length === ORDERS_PER_TRANSACTION_MAX || lines > LINES_MAX || characters > CHARACTERS_MAX;
    if (isFull && part.orders.length > 0) {
      yield part;
      part = { firstIndex: index, orders: [] };
      ({ lines, characters } = size);
    }
    part.orders.push(order);
  }
  yield part;
}

function sizeOf(order: BatchedOrder): { lines: number; characters: number } {
  if (order instanceof InvalidOrder)
    return { lines: 1, characters: lengthOf(order.problems.flatMap(({ field, message }) => [field, message])) };
  const { customerName, customerEmail, shippingAddress, billingAddress, notes } = order;
  return {
    lines: order.lines.length,
    characters: lengthOf([customerName, customerEmail, shippingAddress, billingAddress, notes]),
  };
}

function lengthOf(texts: readonly (string | null)[]): number {
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
}
