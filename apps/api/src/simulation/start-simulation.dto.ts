import {
  DELAY_MS_MAX,
  EMAIL_LENGTH_MAX,
  engineSchema,
  ID_MAX,
  NAME_LENGTH_MAX,
  ruleSetSchema,
  RUN_ROWS_MAX,
  SHARDS_MAX,
  type SimulationWish,
  THREADS_MAX,
} from '@app/simulation';
import { z } from 'zod';
import { anyInteger, rowId, rowPrice, rowText } from './row-fields';

/** As many fit into a body that has no more values than others. */
export const GIVEN_ROWS_MAX = 400;
const rowsOf = <Row extends z.ZodType>(row: Row) =>
  z.array(row).max(GIVEN_ROWS_MAX, `Must be at most ${GIVEN_ROWS_MAX} rows.`).default([]);

const givenRows = z
  .strictObject({
    users: rowsOf(
      z.strictObject({ id: rowId, name: rowText(NAME_LENGTH_MAX), email: rowText(EMAIL_LENGTH_MAX) }).meta({
        example: { id: 1, name: 'Alice', email: 'alice@example.com' },
      }),
    ),
    products: rowsOf(
      z
        .strictObject({
          id: rowId,
          name: rowText(NAME_LENGTH_MAX),
          price: rowPrice.nullable().meta({ multipleOf: 0.01 }),
        })
        .meta({ example: { id: 1, name: 'Laptop', price: 1000 } }),
    ),
    orders: rowsOf(
      z
        .strictObject({ id: rowId, user_id: anyInteger, product_id: anyInteger, quantity: anyInteger })
        .meta({ example: { id: 1, user_id: 1, product_id: 1, quantity: 2 } }),
    ),
  })
  .refine(({ users, products, orders }) => users.length + products.length + orders.length > 0, 'Must have a row.')
  .refine(
    ({ users, products, orders }) => users.length + products.length + orders.length <= GIVEN_ROWS_MAX,
    `Must be at most ${GIVEN_ROWS_MAX} rows in all.`,
  );

const madeRows = z
  .strictObject({
    count: z
      .int('Must be a whole number.')
      .min(1, 'Must be at least 1.')
      .max(RUN_ROWS_MAX, `Must be at most ${RUN_ROWS_MAX}.`)
      .meta({ example: 300 }),
    seed: z.int('Must be a whole number.').min(0, 'Must not be negative.').max(ID_MAX).default(1),
    duplicates: z.number().min(0, 'Must not be negative.').max(1, 'Must be at most 1.').default(0),
  })
  .meta({ example: { count: 300, seed: 1, duplicates: 0.1 } });

/** Body of `POST /api/v1/simulations/`. */
export const startSimulationSchema = z
  .strictObject({
    rows: z
      .union(
        [z.literal('builtin'), madeRows, givenRows],
        'Must be "builtin", an object with users, products and orders, or one with count.',
      )
      .default('builtin')
      .meta({
        description:
          '`builtin`: the thirty rows of the command; or the rows themselves; or how many to make, with the share of users that have the e-mail of an earlier one.',
      }),
    concurrency: z
      .int('Must be a whole number.')
      .min(1, 'Must be at least 1.')
      .max(THREADS_MAX, `Must be at most ${THREADS_MAX}.`)
      .default(10)
      .meta({ description: 'Writers in flight at the same time.', example: 10 }),
    rules: ruleSetSchema.default('strict').meta({
      description: '`basic`: a name and an @, a price and a quantity. `strict`: all rules, unique e-mails, references.',
    }),
    engine: engineSchema.default('postgres').meta({ description: 'What the three databases are.' }),
    shards: z
      .int('Must be a whole number.')
      .min(1, 'Must be at least 1.')
      .max(SHARDS_MAX, `Must be at most ${SHARDS_MAX}.`)
      .default(1)
      .meta({ description: 'Stores that the rows of each table are spread over.' }),
    delay_ms: z
      .int('Must be a whole number.')
      .min(0, 'Must not be negative.')
      .max(DELAY_MS_MAX, `Must be at most ${DELAY_MS_MAX}.`)
      .default(0)
      .meta({ description: 'How long each writer waits inside of its transaction.' }),
  })
  .meta({ id: 'StartSimulation', example: { rows: 'builtin', concurrency: 10, rules: 'strict' } });
export type StartSimulationBody = z.infer<typeof startSimulationSchema>;

export function toWish(body: StartSimulationBody): SimulationWish {
  const { rows, concurrency, rules, engine, shards, delay_ms: delayMs } = body;
  return { rows, threads: concurrency, rules, engine, shards, delayMs };
}
