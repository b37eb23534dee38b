import type { Shortage, StockRequest } from './stock-gate';

export const RESERVED = { result: 'reserved' } as const;

/** The lines of an order that ask for more than is available; none when it can have all of them. */
export function shortagesOf(
  lines: StockRequest['lines'],
  find: (productId: number) => { onHand: number; reserved: number } | undefined,
): Shortage[] {
  const shortages: Shortage[] = [];
  for (const [index, { productId, quantity }] of lines.entries()) {
    const level = find(productId);
    const available = level && level.onHand - level.reserved;
    if (available === undefined || available < quantity) shortages.push({ index, productId, available });
  }
  return shortages;
}
