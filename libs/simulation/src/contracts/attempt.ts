import { z } from 'zod';

export const entitySchema = z.enum(['user', 'product', 'order']);
export type Entity = z.infer<typeof entitySchema>;
/** The tables in the order in which reports show them. */
export const ENTITIES: readonly Entity[] = entitySchema.options;

/**
 * `inserted`: committed. `invalid`: a rule refused it, nothing was written. `error`: the store or the thread failed, nothing was
 * written as far as anybody knows. `invalid` and `error` are what reports count as failed.
 */
export const attemptOutcomeSchema = z.enum(['inserted', 'invalid', 'error']);
export type AttemptOutcome = z.infer<typeof attemptOutcomeSchema>;

/** One row on its way into its store. */
export const attemptSchema = z.object({
  /** Which row of the run, from 0: first all users, then products, then orders. */
  index: z.int().nonnegative(),
  entity: entitySchema,
  /** Named after the row's place in its table, such as `UserThread-3`. */
  thread: z.string(),
  /** Which of the run's threads had it, from 1. */
  worker: z.int().positive(),
  /** The store that it was for, such as `users_db`, `users_db_2` with shards. */
  store: z.string(),
  /** The row's id in its data. */
  rowId: z.int(),
  /** `User(id=3, name='Charlie', email='charlie@example.com')`. */
  details: z.string(),
  /** `(10, 'Earbuds', -50.0)`. */
  values: z.string(),
  outcome: attemptOutcomeSchema,
  /** Why it is not inserted: `Price cannot be negative: -50.00`; null when it is. */
  reason: z.string().nullable(),
  /** Since the run's start, in milliseconds with fractions, by one clock for all threads. */
  startMs: z.number().nonnegative(),
  endMs: z.number().nonnegative(),
});
export type Attempt = z.infer<typeof attemptSchema>;
