import { z } from 'zod';
import { generatedRowsSchema, simulationRowsSchema } from './simulation-rows';

export const THREADS_MAX = 64;
export const SHARDS_MAX = 8;
export const DELAY_MS_MAX = 10_000;

/** `basic`: the rules of `run_inserts`, duplicates and missing references pass. `strict`: all rules of `simulate_insertions`. */
export const ruleSetSchema = z.enum(['basic', 'strict']);
export const engineSchema = z.enum(['postgres', 'sqlite']);

/** What a run is told. Everything has a default: `{}` is the run of `simulate_insertions` without options. */
export const simulationOptionsSchema = z.strictObject({
  /** `builtin`: thirty rows, those that belong to the rules. */
  rows: z.union([z.literal('builtin'), generatedRowsSchema, simulationRowsSchema]).default('builtin'),
  /** Writers in flight at the same time. */
  threads: z.int().min(1).max(THREADS_MAX).default(10),
  rules: ruleSetSchema.default('strict'),
  engine: engineSchema.default('postgres'),
  /** Stores that the rows of each entity are spread over. */
  shards: z.int().min(1).max(SHARDS_MAX).default(1),
  /** How long a writer waits in its transaction, between the insert and the commit. */
  delayMs: z.int().min(0).max(DELAY_MS_MAX).default(0),
  /** Whether the stores keep the rows of earlier runs; otherwise a run begins with empty stores. */
  keepRows: z.boolean().default(false),
});

export type SimulationOptions = z.output<typeof simulationOptionsSchema>;
export type SimulationWish = z.input<typeof simulationOptionsSchema>;
export type RuleSet = z.infer<typeof ruleSetSchema>;
export type Engine = z.infer<typeof engineSchema>;
