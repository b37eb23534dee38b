import type { Engine, RuleSet } from '@app/simulation';
import type { ConfigFor } from '../config-for';
import { grouped } from '../options';
import { runOnTerminal } from './run-on-terminal';

const BAR_WIDTH = 40;

export interface ComparedOptions {
  engine: Engine;
  rules: RuleSet;
  count: number;
  delayMs: number;
}

/** One run of a comparison. */
export interface ComparedRun {
  threads: number;
  executionMs: number;
  rowsPerSecond: number;
  p50: number;
  p95: number;
  inFlightMax: number;
  /** Rows that a store or a thread lost. */
  errors: number;
}

/** Runs the same rows once with each number of threads; what was not run when the signal aborts is left out. */
export async function compareThreads(
  config: ConfigFor,
  threadCounts: readonly number[],
  { engine, rules, count, delayMs }: ComparedOptions,
  signal: AbortSignal,
): Promise<ComparedRun[]> {
  const runs: ComparedRun[] = [];
  for (const threads of threadCounts) {
    if (signal.aborted) break;
    const { summary, executionMs, attempts, end } = await runOnTerminal(
      config,
      { rows: { count }, engine, rules, delayMs, threads },
      { signal, showsProgress: true },
    );
    if (end === 'interrupted') break;
    runs.push({
      threads,
      executionMs,
      rowsPerSecond: summary.rowsPerSecond,
      p50: summary.durationsMs?.p50 ?? 0,
      p95: summary.durationsMs?.p95 ?? 0,
      inFlightMax: summary.overlap.inFlightMax,
      errors: attempts.filter(({ outcome }) => outcome === 'error').length,
    });
  }
  return runs;
}

/** A table, and a bar for each run. */
export function comparisonTable(
  runs: readonly ComparedRun[],
  { engine, rules, count, delayMs }: ComparedOptions,
): string {
  const fastest = Math.max(...runs.map(({ rowsPerSecond }) => rowsPerSecond), 0);
  const first = runs[0]?.rowsPerSecond ?? 0;
  const lines = runs.map(({ threads, executionMs, rowsPerSecond, p50, p95, inFlightMax }) =>
    [
      String(threads).padStart(7),
      `${(executionMs / 1000).toFixed(2)} s`.padStart(10),
      rowsPerSecond.toFixed(1).padStart(10),
      `${first > 0 ? (rowsPerSecond / first).toFixed(1) : '-'} x`.padStart(8),
      `${p50.toFixed(1)} ms`.padStart(10),
      `${p95.toFixed(1)} ms`.padStart(10),
      String(inFlightMax).padStart(9),
    ].join(' '),
  );
  const bars = runs.map(
    ({ threads, rowsPerSecond }) =>
      `${String(threads).padStart(7)} ${'█'.repeat(fastest > 0 ? Math.max(1, Math.round((rowsPerSecond / fastest) * BAR_WIDTH)) : 0)} ${rowsPerSecond.toFixed(1)}`,
  );
  return [
    `${grouped(count)} rows on ${engine}, rules ${rules}, ${delayMs} ms inside each transaction`,
    '',
    'threads       time     rows/s  speed-up        p50        p95 in flight',
    ...lines,
    '',
    'rows per second by threads',
    ...bars,
  ].join('\n');
}
