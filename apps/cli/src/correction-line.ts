import { missingMovements, type StockOfOrder } from '@app/inventory';

/** One line: what an order says, what disagrees with it, and what corrects it. */
export function correctionLine(stock: StockOfOrder): string {
  const { productId, orderId, status, ordered, quantity, state, expectedState } = stock;
  const says = status === null ? 'has no such line' : `is ${status} with ${ordered}`;
  const reservation = state === null ? 'no reservation' : `reservation ${state} of ${quantity}`;
  const movements = missingMovements(stock);
  if (!movements)
    return `product ${productId}: order ${orderId} ${says}; by the ledger more has left. Count the shelf, nothing is corrected.`;
  const corrections = movements.map((movement) => `${movement.kind} ${movement.quantity}`);
  if (state !== expectedState || (quantity ?? 0) !== ordered)
    corrections.unshift(expectedState ? `reservation ${expectedState} of ${ordered}` : 'no reservation');
  return `product ${productId}: order ${orderId} ${says}; ${reservation}. To correct: ${corrections.join(', ')}`;
}
