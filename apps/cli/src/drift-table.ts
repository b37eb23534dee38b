import type { DriftedLevel, LevelReservationMismatch } from '@app/inventory';
import { grouped } from './options';

/** What of one product differs: from the ledger, from what orders reserve, or both. */
export interface StockDrift {
  productId: number;
  onHand: number;
  reserved: number;
  ledger?: { onHand: number; reserved: number };
  held?: number;
}

/** Both comparisons by product. */
export function stockDrift(
  drifted: readonly DriftedLevel[],
  mismatches: readonly LevelReservationMismatch[],
): StockDrift[] {
  const byProduct = new Map<number, StockDrift>();
  for (const { productId, onHand, reserved, ledgerOnHand, ledgerReserved } of drifted)
    byProduct.set(productId, {
      productId,
      onHand,
      reserved,
      ledger: { onHand: ledgerOnHand, reserved: ledgerReserved },
    });
  for (const { productId, onHand, reserved, held } of mismatches)
    byProduct.set(productId, { productId, onHand, reserved, ...byProduct.get(productId), held });
  return [...byProduct.values()].sort((one, other) => one.productId - other.productId);
}

const HEADER = ['product', 'on hand', 'ledger', 'reserved', 'ledger', 'held by orders'];

/** One line per product, in columns; `=` where the figure is the level's own. */
export function driftTable(drift: readonly StockDrift[]): string {
  const rows = drift.map(({ productId, onHand, reserved, ledger, held }) => [
    String(productId),
    grouped(onHand),
    compared(ledger?.onHand, onHand),
    grouped(reserved),
    compared(ledger?.reserved, reserved),
    compared(held, reserved),
  ]);
  const widths = HEADER.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  return [HEADER, ...rows]
    .map((row) => row.map((cell, column) => cell.padStart(widths[column]!)).join('  '))
    .join('\n');
}

function compared(value: number | undefined, level: number): string {
  return value === undefined || value === level ? '=' : grouped(value);
}
