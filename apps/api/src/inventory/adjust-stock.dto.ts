import { type AdjustedQuantity, ADJUSTMENT_TYPES } from '@app/inventory';
import { z } from 'zod';
import { text } from '../http/validation';

const QUANTITY_MAX = 1_000_000_000;

/** Body of `POST /api/v1/inventory/{id}/adjust/`. */
export const adjustStockSchema = z
  .strictObject({
    adjustment_type: z.enum(ADJUSTMENT_TYPES),
    quantity: z
      .number()
      .int('Must be a whole number.')
      .min(0, 'Must not be negative.')
      .max(QUANTITY_MAX, `Must be at most ${QUANTITY_MAX}.`),
    expected_quantity: z
      .number()
      .int('Must be a whole number.')
      .min(0, 'Must not be negative.')
      .max(QUANTITY_MAX, `Must be at most ${QUANTITY_MAX}.`)
      .nullish()
      .meta({
        description:
          'Units on hand that you saw: with any other figure the answer is 409 and nothing changes. A `set` without it is done whatever is there, and its movement says so.',
        example: 40,
      }),
    notes: text(0, 1000).nullish(),
    reference_number: text(0, 100).nullish(),
  })
  .meta({
    id: 'AdjustStock',
    example: { adjustment_type: 'add', quantity: 5, notes: 'Delivery', reference_number: 'PO-1001' },
  });
export type AdjustStockBody = z.infer<typeof adjustStockSchema>;

export const adjustedSchema = z
  .object({
    success: z.boolean().meta({ example: true }),
    previous_quantity: z.number().int().meta({ example: 40 }),
    new_quantity: z.number().int().meta({ example: 45 }),
    adjustment: z.number().int().meta({ example: 5, description: 'new_quantity − previous_quantity' }),
  })
  .meta({ id: 'StockAdjusted' });

export function toAdjusted({ previousQuantity, newQuantity }: AdjustedQuantity): z.infer<typeof adjustedSchema> {
  return {
    success: true,
    previous_quantity: previousQuantity,
    new_quantity: newQuantity,
    adjustment: newQuantity - previousQuantity,
  };
}
