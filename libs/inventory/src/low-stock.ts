import type { StockLevel } from './stock-level.entity';

/**
 * Low stock is detected in the transaction that changes a level: the trigger `inventory.keep_stock_alert` (migration
 * 1763600000000-inventory) keeps one row of `inventory.stock_alerts` for each product that has little (`low`) or nothing (`out`)
 * available. Everybody who asks for these products reads that table, because the levels themselves have no index that would have
 * to change with every reservation. Invariant I1 compares the table with the levels.
 */
export const LOW_STOCK_PRODUCTS = 'select product_id from inventory.stock_alerts';

/** Those of which nothing is available. */
export const OUT_OF_STOCK_PRODUCTS = `${LOW_STOCK_PRODUCTS} where kind = 'out'`;

/** The same rule for a level that was read already: what is available is at or below the minimum threshold. */
export function isLowStock({ onHand, reserved, minimumThreshold }: StockLevel): boolean {
  return onHand - reserved <= minimumThreshold;
}
