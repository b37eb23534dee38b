import { cpus, totalmem } from 'node:os';
import { packageVersion } from '@app/platform';
import { type Attempt, ENTITIES, type Entity } from '../contracts/attempt';
import type { Durations, RunEnd, RunReport, TableReport } from '../contracts/run-report';
import type { SimulationOptions } from '../contracts/simulation-options';
import { ENTITY_NAMES } from '../rows/entity-row';

const COMMON_ISSUES_SHOWN = 5;

/** What a run leaves behind, from which its report is made. */
export interface RunRecord {
  runId: string;
  options: SimulationOptions;
  startedAt: Date;
  endedAt: Date;
  end: RunEnd;
  engineVersion: string;
  /** The stores of each entity, as people call them. */
  stores: Readonly<Record<Entity, string[]>>;
  rowCounts: Readonly<Record<Entity, number>>;
  validated: number;
  inFlightMax: number;
  attempts: Attempt[];
}

/** Figures for console, PDF and API: whoever shows them calculates nothing. */
export function buildReport(record: RunRecord): RunReport {
  const { attempts, options, rowCounts } = record;
  const rows = ENTITIES.reduce((sum, entity) => sum + rowCounts[entity], 0);
  const executionMs = attempts.reduce((last, { endMs }) => Math.max(last, endMs), 0) - firstStart(attempts);
  const counts = countsOf(attempts, rows);
  return {
    runId: record.runId,
    startedAt: record.startedAt.toISOString(),
    endedAt: record.endedAt.toISOString(),
    end: record.end,
    executionMs: rounded(executionMs),
    options: { ...options, rows: originOf(options.rows) },
    environment: {
      engineVersion: record.engineVersion,
      version: packageVersion(),
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      cpus: cpus().length,
      memoryBytes: totalmem(),
    },
    tables: ENTITIES.map((entity) => tableReport(record, entity)),
    summary: {
      ...counts,
      validated: record.validated,
      rowsPerSecond: executionMs > 0 ? Math.round((counts.inserted / executionMs) * 10_000) / 10 : 0,
      overlap: {
        inFlightMax: record.inFlightMax,
        inFlightAverage: executionMs > 0 ? Math.round((totalDuration(attempts) / executionMs) * 100) / 100 : 0,
        overlapping: overlappingCount(attempts),
      },
    },
    attempts,
  };
}

/** The value that `percent` of the values do not exceed (nearest rank). `sorted` is ascending and not empty. */
export function nearestRank(sorted: readonly number[], percent: number): number {
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
}

/** How many attempts were in flight together with at least one other; those that only touch were not. */
export function overlappingCount(attempts: readonly Pick<Attempt, 'startMs' | 'endMs'>[]): number {
  const byStart = [...attempts].sort((one, other) => one.startMs - other.startMs);
  const overlapping = new Set<number>();
  let latest = 0;
  for (let index = 1; index < byStart.length; index++) {
    if (byStart[index]!.startMs < byStart[latest]!.endMs) overlapping.add(latest).add(index);
    if (byStart[index]!.endMs > byStart[latest]!.endMs) latest = index;
  }
  return overlapping.size;
}

function tableReport({ attempts, rowCounts, stores }: RunRecord, entity: Entity): TableReport {
  const own = attempts.filter((attempt) => attempt.entity === entity);
  return {
    entity,
    table: ENTITY_NAMES[entity].table.toUpperCase(),
    stores: stores[entity],
    ...countsOf(own, rowCounts[entity]),
    commonIssues: commonIssues(own),
  };
}

function countsOf(attempts: readonly Attempt[], rows: number) {
  const inserted = attempts.filter(({ outcome }) => outcome === 'inserted').length;
  return {
    rows,
    inserted,
    failed: attempts.length - inserted,
    notAttempted: rows - attempts.length,
    successRatePercent: attempts.length > 0 ? Math.round((inserted / attempts.length) * 1000) / 10 : 0,
    durationsMs: durationsOf(attempts),
  };
}

function durationsOf(attempts: readonly Attempt[]): Durations {
  if (attempts.length === 0) return null;
  const sorted = attempts.map(({ startMs, endMs }) => endMs - startMs).sort((one, other) => one - other);
  return { p50: rounded(nearestRank(sorted, 50)), p95: rounded(nearestRank(sorted, 95)), max: rounded(sorted.at(-1)!) };
}

/** `Price cannot be negative`: without the value, so that equal reasons are counted together. */
function commonIssues(attempts: readonly Attempt[]): TableReport['commonIssues'] {
  const counts = new Map<string, number>();
  for (const { reason } of attempts)
    for (const issue of issuesOf(reason)) counts.set(issue, (counts.get(issue) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .sort((one, other) => other.count - one.count || one.reason.localeCompare(other.reason))
    .slice(0, COMMON_ISSUES_SHOWN);
}

function issuesOf(reason: string | null): string[] {
  if (reason === null) return [];
  const validation = /^\w+ validation errors: (.*)$/.exec(reason)?.[1];
  return validation === undefined ? [reason] : validation.split(', ').map((issue) => issue.split(': ')[0]!);
}

function originOf(rows: SimulationOptions['rows']): RunReport['options']['rows'] {
  if (rows === 'builtin') return 'builtin';
  return 'count' in rows ? 'generated' : 'given';
}

function firstStart(attempts: readonly Attempt[]): number {
  return attempts.reduce((first, { startMs }) => Math.min(first, startMs), attempts[0]?.startMs ?? 0);
}

function totalDuration(attempts: readonly Attempt[]): number {
  return attempts.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
