import type { Reconciliation } from '@app/inventory';
import { z } from 'zod';

/** Body of `POST /api/v1/inventory/reconcile/`; may be left out. */
export const reconcileStockSchema = z
  .strictObject({
    dry_run: z.boolean().default(true).meta({ description: 'False to set the levels that differ to the ledger.' }),
  })
  .optional()
  .meta({ id: 'ReconcileStock', example: { dry_run: true } });
export type ReconcileStockBody = z.infer<typeof reconcileStockSchema>;

const units = z.number().int();

export const reconciledSchema = z
  .object({
    dry_run: z.boolean(),
    checked: units.meta({ example: 50, description: 'Products that were compared.' }),
    drifted: z.array(
      z.object({
        product_id: units.meta({ example: 1 }),
        quantity: units.meta({ example: 41, description: 'What the level says is on hand.' }),
        reserved_quantity: units.meta({ example: 2 }),
        ledger_quantity: units.meta({ example: 40, description: 'What the movements add up to.' }),
        ledger_reserved: units.meta({ example: 2 }),
      }),
    ),
    repaired: units.meta({
      example: 0,
      description: 'Levels that were set to their ledger. What the rules of stock refuse stays as it is.',
    }),
  })
  .meta({ id: 'StockReconciled' });

export function toReconciled(
  dryRun: boolean,
  { checked, drifted, repaired }: Reconciliation,
): z.infer<typeof reconciledSchema> {
  return {
    dry_run: dryRun,
    checked,
    drifted: drifted.map((level) => ({
      product_id: level.productId,
      quantity: level.onHand,
      reserved_quantity: level.reserved,
      ledger_quantity: level.ledgerOnHand,
      ledger_reserved: level.ledgerReserved,
    })),
    repaired,
  };
}
