import { z } from 'zod';
import { attemptSchema, entitySchema } from './attempt';
import { engineSchema, ruleSetSchema } from './simulation-options';

const count = z.int().nonnegative();

/** Of the attempts' durations, in milliseconds; null when there was none. */
export const durationsSchema = z.object({ p50: z.number(), p95: z.number(), max: z.number() }).nullable();

const countsSchema = z.object({
  rows: count,
  inserted: count,
  /** Refused by a rule, or in error. `inserted + failed + notAttempted = rows`. */
  failed: count,
  /** Rows that were still waiting when the run was interrupted. */
  notAttempted: count,
  /** Inserted of all that were attempted, in percent with one decimal; 0 when nothing was. */
  successRatePercent: z.number(),
  durationsMs: durationsSchema,
});

export const tableReportSchema = countsSchema.extend({
  entity: entitySchema,
  /** `USERS`. */
  table: z.string(),
  /** All stores of the table, one without shards: the name of a database, or of a file such as `users.db`. */
  stores: z.array(z.string()).min(1),
  /** Reasons without their values, most frequent first, five at most. */
  commonIssues: z.array(z.object({ reason: z.string(), count })),
});

export const overlapSchema = z.object({
  /** Attempts in flight at the same moment, counted by the threads themselves. */
  inFlightMax: count,
  /** Attempts in flight on average: the sum of their durations divided by the execution time. */
  inFlightAverage: z.number(),
  /** Attempts that were in flight together with at least one other. */
  overlapping: count,
});

/** How the run came to its end. `interrupted`: on somebody's wish, before all rows were attempted. */
export const runEndSchema = z.enum(['all_attempted', 'interrupted']);

/** Everything that is known about a run: console, PDF and API show parts of it. */
export const runReportSchema = z.object({
  runId: z.uuid(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  end: runEndSchema,
  /** From the first attempt's start to the last one's end, in milliseconds. */
  executionMs: z.number().nonnegative(),
  /** What the run was told; of the rows where they came from. */
  options: z.object({
    rows: z.enum(['builtin', 'generated', 'given']),
    threads: z.int().positive(),
    rules: ruleSetSchema,
    engine: engineSchema,
    shards: z.int().positive(),
    delayMs: count,
    keepRows: z.boolean(),
  }),
  /** What it ran on. */
  environment: z.object({
    /** `PostgreSQL 18.4`, `SQLite 3.45.1`. */
    engineVersion: z.string(),
    /** Version of this product. */
    version: z.string(),
    node: z.string(),
    /** `linux x64`. */
    platform: z.string(),
    cpus: count,
    memoryBytes: count,
  }),
  /** Users, products, orders. */
  tables: z.array(tableReportSchema),
  summary: countsSchema.extend({
    /** Calls of the validation, counted by the threads: one for each attempt. */
    validated: count,
    /** Inserted ones. */
    rowsPerSecond: z.number(),
    overlap: overlapSchema,
  }),
  /** In the order in which they ended. */
  attempts: z.array(attemptSchema),
});

export type Durations = z.infer<typeof durationsSchema>;
export type TableReport = z.infer<typeof tableReportSchema>;
export type RunEnd = z.infer<typeof runEndSchema>;
export type RunReport = z.infer<typeof runReportSchema>;
