import type { Attempt } from '../contracts/attempt';
import type { RunReport, TableReport } from '../contracts/run-report';

const WIDTH = 80;
const RULE = '='.repeat(WIDTH);

/** The line of `run_inserts` for one attempt, as its users compare it. */
export function insertLine({ entity, outcome, details, values, reason }: Attempt): string {
  const label = details.slice(0, details.indexOf('('));
  if (outcome !== 'inserted') return `${label} failed: ${values} | ${reason}`;
  if (entity === 'order') {
    const [, user, product] = values.slice(1, -1).split(', ');
    return `Order inserted: user=${user}, product=${product}`;
  }
  return `${label} inserted: ${insertedName(details)}`;
}

/** The whole report as text: three tables with every attempt, the summary, what ran at the same time. */
export function consoleReport(report: RunReport): string {
  return [
    RULE,
    'CONCURRENT INSERTION SIMULATION RESULTS',
    RULE,
    `Total execution time: ${(report.executionMs / 1000).toFixed(2)} seconds`,
    `Threads Used: ${report.options.threads}`,
    ...report.tables.flatMap((table) => tableLines(table, report.attempts)),
    ...summaryLines(report),
  ].join('\n');
}

function tableLines(table: TableReport, attempts: readonly Attempt[]): string[] {
  const own = attempts.filter(({ entity }) => entity === table.entity).sort((one, other) => one.index - other.index);
  return [
    '',
    `${table.table} TABLE (${table.stores.join(', ')}):`,
    '-'.repeat(WIDTH),
    `Successful insertions: ${table.inserted}`,
    `Failed insertions: ${table.failed}`,
    ...(table.notAttempted > 0 ? [`Not attempted: ${table.notAttempted}`] : []),
    ...section('Successful', own.filter(({ outcome }) => outcome === 'inserted').map(successLine)),
    ...section('Failed', own.filter(({ outcome }) => outcome !== 'inserted').map(failureLine)),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? ['', `${title}:`, ...lines] : [];
}

function successLine({ thread, details }: Attempt): string {
  return `  ✓ [${thread}] ${details}`;
}

function failureLine({ thread, values, reason }: Attempt): string {
  return `  ✗ [${thread}] ${values} - Error: ${reason}`;
}

function summaryLines({ summary, end, environment, options }: RunReport): string[] {
  const { overlap, durationsMs } = summary;
  return [
    '',
    RULE,
    'SUMMARY',
    RULE,
    `Total successful insertions: ${summary.inserted}`,
    `Total failed insertions: ${summary.failed}`,
    ...(summary.notAttempted > 0 ? [`Not attempted: ${summary.notAttempted}`] : []),
    `Success rate: ${summary.successRatePercent.toFixed(1)}%`,
    `Rows per second: ${summary.rowsPerSecond.toFixed(1)}`,
    ...(durationsMs
      ? [`Time per row: p50 ${ms(durationsMs.p50)}, p95 ${ms(durationsMs.p95)}, max ${ms(durationsMs.max)}`]
      : []),
    `In flight together: at most ${overlap.inFlightMax}, on average ${overlap.inFlightAverage.toFixed(2)}; ` +
      `${overlap.overlapping} of ${summary.rows - summary.notAttempted} attempts overlapped another`,
    `Ran on: ${environment.engineVersion}, ${environment.cpus} CPUs, Node.js ${environment.node}, rules ${options.rules}, ` +
      `${options.shards === 1 ? 'no shards' : `${options.shards} shards`}, delay ${options.delayMs} ms`,
    ...(end === 'interrupted' ? ['INTERRUPTED: the rows above are all that was done.'] : []),
    RULE,
  ];
}

function insertedName(details: string): string {
  const name = /name=(['"])(.*)\1, (?:email|price)=/.exec(details)?.[2] ?? '';
  return name.replaceAll(/\\(.)/g, '$1');
}

function ms(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}
