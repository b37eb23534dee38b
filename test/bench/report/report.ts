import type { Measurement } from '../measurement';
import { type Spread, spreadOf } from './spread';
import { figure, table } from './table';
import { FIGURES, isReached, judge, type Measured, RSS_MB_MAX, type Target } from './targets';

const range = ({ median, min, max }: Spread) => [figure(median), `${figure(min)} – ${figure(max)}`];

/** Everything that was measured, as tables. */
export function report(measured: Measured, units: ReadonlyMap<string, string>): string {
  return [throughput(measured, units), ratios(measured), figures(measured), costs(measured), memory(measured)]
    .filter((part) => part !== undefined)
    .join('\n\n');
}

function throughput(measured: Measured, units: ReadonlyMap<string, string>): string {
  const rows = [...measured].map(([name, runs]) => [
    name,
    ...range(spreadOf(runs.map(({ perSecond }) => perSecond))),
    units.get(name)!,
    medianOf(runs, ({ p50Ms }) => p50Ms),
    medianOf(runs, ({ p99Ms }) => p99Ms),
  ]);
  return table(['scenario', 'per second', 'min – max', 'of', 'p50 ms', 'p99 ms'], rows);
}

function ratios(measured: Measured): string | undefined {
  const rows = judge(measured).map(({ target, ratio, reached }) => [
    `${target.ours} ÷ ${target.limit}`,
    target.label,
    ...range(ratio),
    bound(target),
    verdict(reached),
  ]);
  return rows.length > 0 ? table(['ratio', 'of', 'median', 'min – max', 'target', ''], rows) : undefined;
}

const bound = ({ atLeast, atMost }: Pick<Target, 'atLeast' | 'atMost'>) =>
  atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`;

function figures(measured: Measured): string | undefined {
  const rows = [...measured].flatMap(([name, runs]) =>
    Object.keys(runs[0]?.figures ?? {}).map((key) => {
      const { says, ...target } = FIGURES[key]!;
      const spread = spreadOf(runs.map((run) => run.figures![key]!));
      return [`${name}: ${says}`, ...range(spread), bound(target), verdict(isReached(target, spread.median))];
    }),
  );
  return rows.length > 0 ? table(['figure', 'median', 'min – max', 'target', ''], rows) : undefined;
}

const verdict = (reached: boolean) => (reached ? 'reached' : 'MISSED');

function costs(measured: Measured): string {
  const perUnit = (runs: readonly Measurement[], cost: (run: Measurement) => number | undefined) =>
    medianOf(runs, (run) => {
      const used = cost(run);
      return used === undefined ? undefined : used / run.count;
    });
  const rows = [...measured].map(([name, runs]) => [
    name,
    runs[0]?.statements === undefined ? '–' : figure(runs[0].statements),
    perUnit(runs, ({ usage }) => usage?.walBytes),
    ...['api', 'worker', 'limit', 'postgres', 'generator'].map((process) =>
      perUnit(runs, ({ usage }) => usage && usage.cpuMs[process] && usage.cpuMs[process] * 1000),
    ),
  ]);
  return table(
    ['each costs', 'statements', 'WAL bytes', 'api µs', 'worker µs', 'limit µs', 'postgres µs', 'generator µs'],
    rows,
  );
}

function memory(measured: Measured): string | undefined {
  const rows = [...measured].flatMap(([name, runs]) =>
    ['api', 'worker'].flatMap((process) => {
      const values = runs.map(({ usage }) => usage?.rssMbMax[process]).filter((value) => value !== undefined);
      if (values.length === 0) return [];
      const { max } = spreadOf(values);
      return [[name, process, figure(max), `≤ ${RSS_MB_MAX}`, verdict(max <= RSS_MB_MAX)]];
    }),
  );
  return rows.length > 0 ? table(['memory', 'process', 'RSS MB at most', 'target', ''], rows) : undefined;
}

function medianOf(runs: readonly Measurement[], value: (run: Measurement) => number | undefined): string {
  const values = runs.map(value).filter((each) => each !== undefined);
  return values.length === runs.length ? figure(spreadOf(values).median) : '–';
}
