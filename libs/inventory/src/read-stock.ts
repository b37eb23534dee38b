import { RESERVED, shortagesOf } from './shortages';
import type { ReservableStock, ReserveOutcome, StockRequest } from './stock-gate';

/** Stock that was read and not locked: orders are decided on it as on locked stock, and nothing comes of it. */
export class ReadStock implements ReservableStock {
  private readonly levels: ReadonlyMap<number, { onHand: number; reserved: number }>;

  constructor(
    levels: readonly { productId: number; onHand: number; reserved: number }[],
    readonly transactionTime?: Date,
  ) {
    this.levels = new Map(levels.map((level) => [level.productId, level]));
  }

  reserve(orders: readonly StockRequest[]): ReserveOutcome[] {
    return orders.map(({ lines }) => {
      const shortages = shortagesOf(lines, (productId) => this.levels.get(productId));
      if (shortages.length > 0) return { result: 'short', shortages };
      for (const { productId, quantity } of lines) this.levels.get(productId)!.reserved += quantity;
      return RESERVED;
    });
  }

  takeChanges(): undefined {
    return undefined;
  }
}
