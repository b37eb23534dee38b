import { z } from 'zod';
import { text } from '../http/validation';

const STOCK_MAX = 1_000_000_000;
const PRICE = /^(0\.(0[1-9]|[1-9]\d?)|[1-9]\d{0,5}(\.\d{1,2})?)$/;

export const name = text(1, 200).meta({ example: 'Trail running shoes' });
export const sku = text(1, 64).meta({
  example: 'SHOE-TRAIL-42',
  description:
    'Unique. SKUs that look alike are one: case, Unicode form, letters of full width, kinds of blanks and dashes, and characters that nobody sees make no difference.',
});
export const description = text(0, 5000);

export const price = z
  .union([z.string(), z.number()], 'Must be a decimal number such as "99.99".')
  .transform(String)
  .pipe(z.string().regex(PRICE, 'Must be between 0.01 and 999999.99, with at most two decimal places.'))
  .meta({
    example: '99.99',
    description: 'A decimal text, or a number; 0.01 to 999999.99 with at most two decimal places.',
    anyOf: [
      { type: 'string', pattern: PRICE.source },
      { type: 'number', minimum: 0.01, maximum: 999_999.99 },
    ],
  });

export const units = z
  .number()
  .int('Must be a whole number.')
  .min(0, 'Must not be negative.')
  .max(STOCK_MAX, `Must be at most ${STOCK_MAX}.`);
