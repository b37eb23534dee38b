import { z } from 'zod';
import { toMinor } from '../http/money';
import { text } from '../http/validation';

const STOCK_MAX = 1_000_000_000;

export const name = text(1, 200).meta({ example: 'Trail running shoes' });
export const sku = text(1, 64).meta({ example: 'SHOE-TRAIL-42' });
export const description = text(0, 5000);

export const price = z
  .union([z.string(), z.number()], 'Must be a decimal number such as "99.99".')
  .transform(String)
  .pipe(
    z
      .string()
      .regex(/^\d{1,6}(\.\d{1,2})?$/, {
        error: 'Must be between 0.01 and 999999.99, with at most two decimal places.',
        abort: true,
      })
      .refine((value) => toMinor(value) > 0, 'Must be at least 0.01.'),
  )
  .meta({ example: '99.99' });

export const units = z
  .number()
  .int('Must be a whole number.')
  .min(0, 'Must not be negative.')
  .max(STOCK_MAX, `Must be at most ${STOCK_MAX}.`);
