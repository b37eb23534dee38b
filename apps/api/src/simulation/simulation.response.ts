import {
  engineSchema,
  ruleSetSchema,
  RUN_STATUSES,
  RunStatus,
  type SimulationOptions,
  simulationOptionsSchema,
  type StoredRun,
} from '@app/simulation';
import { z } from 'zod';
import { eventFrame } from '../http/event-stream';
import { EXAMPLE_ID } from '../openapi/example-of';

const count = z.number().int().min(0);
const time = z.iso.datetime().meta({ example: '2026-11-20T10:00:00.000Z' });

export const simulationSchema = z
  .object({
    id: z.uuid().meta({ example: EXAMPLE_ID }),
    status: z.enum(RUN_STATUSES).meta({ example: RunStatus.running }),
    rows: z.enum(['builtin', 'generated', 'given']).meta({ description: 'Where its rows came from.' }),
    concurrency: count.meta({ example: 10 }),
    rules: ruleSetSchema,
    engine: engineSchema,
    shards: count.meta({ example: 1 }),
    delay_ms: count.meta({ example: 0 }),
    total_rows: count.meta({ example: 30 }),
    inserted_rows: count.meta({ example: 20, description: 'So far.' }),
    failed_rows: count.meta({ example: 3, description: 'So far.' }),
    progress_percent: z.number().min(0).max(100).meta({ example: 76.6 }),
    failure_reason: z.string().nullable(),
    starts: count.meta({ example: 1, description: 'How often a worker began it: again after one that stopped.' }),
    created_by: z.string().meta({ example: 'anonymous' }),
    created_at: time,
    started_at: time.nullable(),
    ended_at: time.nullable(),
  })
  .meta({ id: 'Simulation' });
export type SimulationResponse = z.infer<typeof simulationSchema>;

export function toSimulation(run: StoredRun): SimulationResponse {
  // They were stored with their defaults; a later version may have more.
  const { rows, threads, rules, engine, shards, delayMs } = simulationOptionsSchema.parse(run.options);
  const ended = run.insertedRows + run.failedRows;
  return {
    id: run.id,
    status: run.status,
    rows: originOf(rows),
    concurrency: threads,
    rules,
    engine,
    shards,
    delay_ms: delayMs,
    total_rows: run.totalRows,
    inserted_rows: run.insertedRows,
    failed_rows: run.failedRows,
    progress_percent: Math.floor((ended * 1000) / run.totalRows) / 10,
    failure_reason: run.failureReason,
    starts: run.starts,
    created_by: run.createdBy,
    created_at: run.createdAt.toISOString(),
    started_at: run.startedAt?.toISOString() ?? null,
    ended_at: run.endedAt?.toISOString() ?? null,
  };
}

function originOf(rows: SimulationOptions['rows']): SimulationResponse['rows'] {
  if (rows === 'builtin') return rows;
  return 'count' in rows ? 'generated' : 'given';
}

/** What a reader sees: the example of the OpenAPI document. */
export const STREAM_EXAMPLE = [
  'retry: 3000\nid: 1-23-running\n\n',
  eventFrame('1-23-running', 'progress', {
    id: EXAMPLE_ID,
    status: RunStatus.running,
    total_rows: 30,
    inserted_rows: 20,
    failed_rows: 3,
  }).toString(),
].join('');
