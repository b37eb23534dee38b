import { z } from 'zod';
import { attemptOutcomeSchema, entitySchema } from './attempt';
import { type RunReport, runEndSchema, type TableReport } from './run-report';
import { engineSchema, ruleSetSchema } from './simulation-options';

const count = (description: string, example: number) => z.int().nonnegative().meta({ description, example });
const number = (description: string, example: number) => z.number().meta({ description, example });
const text = (description: string, example: string) => z.string().meta({ description, example });

const durations = z
  .object({
    p50: number('Half of the attempts took no longer.', 4.2),
    p95: number('Of a hundred attempts, 95 took no longer.', 9.8),
    max: number('The longest.', 12.3),
  })
  .nullable()
  .meta({ description: 'How long attempts took, in milliseconds; null when there was none.' });

const counts = {
  rows: count('Rows to insert.', 10),
  inserted: count('Rows that are committed.', 8),
  failed: count('Refused by a rule, or in error.', 2),
  not_attempted: count('Rows that were still waiting when the run was interrupted.', 0),
  success_rate_percent: number('The inserted ones of all that were attempted.', 80),
  durations_ms: durations,
};

const attempt = z.object({
  index: count('Which row of the run, from 0: users, then products, then orders.', 0),
  entity: entitySchema.meta({ description: 'What the row is.' }),
  thread: text("Named after the row's place in its table.", 'UserThread-1'),
  worker: z.int().positive().meta({ description: 'Which of the writers had it, from 1.', example: 3 }),
  store: text('The store that it was for.', 'users_db'),
  row_id: z.int().meta({ description: 'The id of the row in its data.', example: 1 }),
  details: text('The row as text.', "User(id=1, name='Alice', email='alice@example.com')"),
  values: text('Its values as text.', "(1, 'Alice', 'alice@example.com')"),
  outcome: attemptOutcomeSchema.meta({
    description: '`inserted`: committed. `invalid`: refused by a rule. `error`: the store or the thread failed.',
  }),
  reason: z.string().nullable().meta({ description: 'Why it is not inserted; null when it is.', example: null }),
  start_ms: number('When it began, in milliseconds since the start of the run.', 1.25),
  end_ms: number('When it ended, in milliseconds since the start of the run.', 5.75),
});

/** The report of a run as it is kept and served: {@link RunReport} with names in snake_case. */
export const reportDocumentSchema = z.object({
  run_id: z.uuid().meta({ description: 'The simulation.' }),
  started_at: z.iso.datetime().meta({ description: 'When its first attempt could begin.' }),
  ended_at: z.iso.datetime().meta({ description: 'When its last attempt had ended.' }),
  end: runEndSchema.meta({ description: 'Whether all rows were attempted.' }),
  execution_ms: number("From the first attempt's start to the last one's end, in milliseconds.", 3050),
  options: z
    .object({
      rows: z.enum(['builtin', 'generated', 'given']).meta({ description: 'Where its rows came from.' }),
      threads: z.int().positive().meta({ description: 'Writers in flight at the same time.', example: 10 }),
      rules: ruleSetSchema.meta({ description: 'The rules that rows were validated by.' }),
      engine: engineSchema.meta({ description: 'What the stores are.' }),
      shards: z.int().positive().meta({ description: 'Stores of each table.', example: 1 }),
      delay_ms: count('How long each writer waited inside of its transaction.', 0),
      keep_rows: z.boolean().meta({ description: 'Whether rows of earlier runs were kept.', example: false }),
    })
    .meta({ description: 'What the run was told.' }),
  environment: z
    .object({
      engine_version: text('Of the stores.', 'PostgreSQL 18.4'),
      version: text('Of this product.', '0.1.0'),
      node: text('Of Node.js.', 'v22.12.0'),
      platform: text('Operating system and processor.', 'linux x64'),
      cpus: count('Processors.', 2),
      memory_bytes: count('Memory of the machine.', 8_589_934_592),
    })
    .meta({ description: 'What it ran on.' }),
  tables: z
    .array(
      z.object({
        ...counts,
        entity: entitySchema.meta({ description: 'What its rows are.' }),
        table: text('Its name.', 'USERS'),
        stores: z
          .array(z.string())
          .min(1)
          .meta({ description: 'All stores of the table.', example: ['users_db'] }),
        common_issues: z
          .array(
            z.object({
              reason: text('Without its values.', 'User validation errors: Name cannot be empty'),
              count: count('Rows that it kept out.', 1),
            }),
          )
          .meta({ description: 'Most frequent first, five at most.' }),
      }),
    )
    .meta({ description: 'Users, products, orders.' }),
  summary: z
    .object({
      ...counts,
      validated: count('Calls of the validation: one for each attempt.', 30),
      rows_per_second: number('Inserted rows per second.', 8.5),
      overlap: z
        .object({
          in_flight_max: count('Most attempts at the same moment.', 10),
          in_flight_average: number('Attempts in flight on average.', 7.41),
          overlapping: count('Attempts that were in flight together with another one.', 30),
        })
        .meta({ description: 'How much of it happened at the same time.' }),
    })
    .meta({ description: 'All tables together.' }),
  attempts: z.array(attempt).meta({ description: 'Every attempt, in the order in which they ended.' }),
});
export type ReportDocument = z.infer<typeof reportDocumentSchema>;

export function toReportDocument(report: RunReport): ReportDocument {
  const { options, environment, summary } = report;
  return {
    run_id: report.runId,
    started_at: report.startedAt,
    ended_at: report.endedAt,
    end: report.end,
    execution_ms: report.executionMs,
    options: {
      rows: options.rows,
      threads: options.threads,
      rules: options.rules,
      engine: options.engine,
      shards: options.shards,
      delay_ms: options.delayMs,
      keep_rows: options.keepRows,
    },
    environment: {
      engine_version: environment.engineVersion,
      version: environment.version,
      node: environment.node,
      platform: environment.platform,
      cpus: environment.cpus,
      memory_bytes: environment.memoryBytes,
    },
    tables: report.tables.map((table) => ({
      entity: table.entity,
      table: table.table,
      stores: table.stores,
      ...toCounts(table),
      common_issues: table.commonIssues,
    })),
    summary: {
      ...toCounts(summary),
      validated: summary.validated,
      rows_per_second: summary.rowsPerSecond,
      overlap: {
        in_flight_max: summary.overlap.inFlightMax,
        in_flight_average: summary.overlap.inFlightAverage,
        overlapping: summary.overlap.overlapping,
      },
    },
    attempts: report.attempts.map(({ rowId, startMs, endMs, ...attempt }) => ({
      ...attempt,
      row_id: rowId,
      start_ms: startMs,
      end_ms: endMs,
    })),
  };
}

type Counts = Omit<TableReport, 'entity' | 'table' | 'stores' | 'commonIssues'>;

function toCounts({ rows, inserted, failed, notAttempted, successRatePercent, durationsMs }: Counts) {
  return {
    rows,
    inserted,
    failed,
    not_attempted: notAttempted,
    success_rate_percent: successRatePercent,
    durations_ms: durationsMs,
  };
}
