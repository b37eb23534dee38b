import { z } from 'zod';

/** Text and whole numbers as the stores hold them; whether a row is any good is decided by a rule set, per row, in the run. */
export const NAME_LENGTH_MAX = 100;
export const EMAIL_LENGTH_MAX = 254;
/** Ids and quantities are kept in columns of four bytes. */
export const ID_MAX = 2 ** 31 - 1;
/** Prices are kept in minor units (cents) in a column of four bytes. */
export const PRICE_MAX = 21_474_836.47;
export const ROWS_PER_TABLE_MAX = 50_000;

/** Characters, as Postgres counts them: one of a rare script is two units of a string. */
const text = (max: number) =>
  z
    .string()
    .refine(
      (value) => value.length <= max || (value.length <= 2 * max && Array.from(value).length <= max),
      `Must be at most ${max} characters.`,
    );
const id = z.int().min(1).max(ID_MAX);
const reference = z.int().min(-ID_MAX).max(ID_MAX);
const price = z
  .number()
  .min(-PRICE_MAX)
  .max(PRICE_MAX)
  .refine((value) => Math.abs(Math.round(value * 100) - value * 100) < 1e-4, 'Must have at most 2 decimals.');

export const userRowSchema = z.strictObject({
  id,
  name: text(NAME_LENGTH_MAX),
  email: text(EMAIL_LENGTH_MAX),
});
export const productRowSchema = z.strictObject({
  id,
  name: text(NAME_LENGTH_MAX),
  /** Null: the row has none, which the strict rules refuse. */
  price: price.nullable(),
});
export const orderRowSchema = z.strictObject({ id, user_id: reference, product_id: reference, quantity: reference });

const list = <Row extends z.ZodType>(row: Row) => z.array(row).max(ROWS_PER_TABLE_MAX).default([]);

/** What a run inserts. Rows of one table that have the same id are one too many: the store has the last word on that. */
export const simulationRowsSchema = z
  .strictObject({ users: list(userRowSchema), products: list(productRowSchema), orders: list(orderRowSchema) })
  .refine(
    ({ users, products, orders }) => users.length + products.length + orders.length > 0,
    'At least one row is required.',
  );

/** Rows that are made: the same seed and counts give the same rows. */
export const generatedRowsSchema = z.strictObject({
  /** In all: a third each of users, products and orders. */
  count: z
    .int()
    .min(1)
    .max(3 * ROWS_PER_TABLE_MAX),
  seed: z.int().min(0).max(ID_MAX).default(1),
  /** Share of the users that have the e-mail address of an earlier one. */
  duplicates: z.number().min(0).max(1).default(0),
});

export type UserRow = z.infer<typeof userRowSchema>;
export type ProductRow = z.infer<typeof productRowSchema>;
export type OrderRow = z.infer<typeof orderRowSchema>;
export type SimulationRows = z.infer<typeof simulationRowsSchema>;
export type GeneratedRows = z.infer<typeof generatedRowsSchema>;
