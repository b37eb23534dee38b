import {
  EMAIL_LENGTH_MAX,
  ID_MAX,
  NAME_LENGTH_MAX,
  NAME_LENGTH_MIN,
  PRICE_MAX,
  PRICE_TOO_HIGH_ABOVE,
  QUANTITY_MAX,
} from '@app/simulation';
import { z } from 'zod';

/** What the rules allow, for the document: what they say of another price is a sentence of their own. */
const GOOD_PRICE = /^(0|[1-9]\d{0,5})(\.\d{1,2})?$/;
const ANY_PRICE = /^-?\d{1,8}(\.\d{1,2})?$/;

/** The id of a row. */
export const rowId = z
  .int('Must be a whole number.')
  .min(1, 'Must be at least 1.')
  .max(ID_MAX, `Must be at most ${ID_MAX}.`);

/** Whether there is such a row, and whether a quantity is any good, is for the rules to say. */
export const anyInteger = z
  .int('Must be a whole number.')
  .min(-ID_MAX, `Must be at least ${-ID_MAX}.`)
  .max(ID_MAX, `Must be at most ${ID_MAX}.`);

/** What every text of a row must be, whatever the rules say: Postgres has no room for a zero byte. Lengths count characters. */
export function rowText(max: number) {
  return z
    .string()
    .refine(
      (value) => value.length <= max || (value.length <= 2 * max && Array.from(value).length <= max),
      `Must be at most ${max} characters.`,
    )
    .refine((value) => !value.includes('\0') && value.isWellFormed(), 'Must be text without null characters.')
    .meta({ maxLength: max });
}

export const rowPrice = z
  .number()
  .min(-PRICE_MAX)
  .max(PRICE_MAX)
  .refine(hasTwoDecimals, 'Must have at most 2 decimals.');

function hasTwoDecimals(value: number): boolean {
  return Math.abs(Math.round(value * 100) - value * 100) < 1e-4;
}

// The values of single rows. The document shows what the strict rules allow; what they refuse, they name themselves.
export const strictName = rowText(NAME_LENGTH_MAX).meta({ minLength: NAME_LENGTH_MIN, maxLength: NAME_LENGTH_MAX });
export const strictEmail = rowText(EMAIL_LENGTH_MAX).meta({ maxLength: EMAIL_LENGTH_MAX, format: 'idn-email' });
export const strictReference = anyInteger.meta({ minimum: 1, maximum: ID_MAX, example: 1 });
export const strictQuantity = anyInteger.meta({ minimum: 1, maximum: QUANTITY_MAX, example: 2 });
export const strictPrice = z
  .union([z.string(), z.number()], 'Must be a decimal number such as "99.99".')
  .transform(String)
  .pipe(z.string().regex(ANY_PRICE, 'Must be a decimal number with at most two decimal places.'))
  .meta({
    example: '1000.00',
    description: `A decimal text, or a number; 0 to ${PRICE_TOO_HIGH_ABOVE} with at most two decimal places.`,
    anyOf: [
      { type: 'string', pattern: GOOD_PRICE.source },
      { type: 'number', minimum: 0, maximum: PRICE_TOO_HIGH_ABOVE },
    ],
  });
