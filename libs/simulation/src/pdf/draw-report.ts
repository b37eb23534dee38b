import type { Attempt } from '../contracts/attempt';
import type { RunReport, TableReport } from '../contracts/run-report';
import { type Cell, type Column, drawTable } from './draw-table';
import { milliseconds, percent, seconds, timeInUtc } from './figures';
import { loadFonts } from './fonts';
import { COLORS, ReportPages } from './report-pages';
import { drawDurations, drawInFlight, drawThreads } from './timing-charts';

const TITLE = 'DISTRIBUTED DATABASE INSERTION REPORT';
const SYSTEM = 'Distributed Database System - Data Simulation';

const PARAMETERS: readonly Column[] = [
  { title: 'Parameter', width: 195 },
  { title: 'Value', width: 320 },
];
const ATTEMPTS: readonly Column[] = [
  { title: 'Thread', width: 92 },
  { title: 'Status', width: 58, align: 'center' },
  { title: 'Details', width: 195 },
  { title: 'Result/Error', width: 170 },
];
const ANALYSIS: readonly Column[] = [
  { title: 'Database', width: 115 },
  { title: 'Successful', width: 65, align: 'right' },
  { title: 'Failed', width: 55, align: 'right' },
  { title: 'Success Rate', width: 80, align: 'right' },
  { title: 'Common Issues', width: 200 },
];
const THREADS: readonly Column[] = [
  { title: 'Thread', width: 95 },
  { title: 'Attempts', width: 80, align: 'right' },
  { title: 'Successful', width: 80, align: 'right' },
  { title: 'Failed', width: 80, align: 'right' },
  { title: 'Busy', width: 90, align: 'right' },
  { title: 'Share of the Time', width: 90, align: 'right' },
];

/** Draws a run's report. The document that it returns has ended: it can be read as a stream. */
export async function drawReport(report: RunReport, generatedAt: Date): Promise<NodeJS.ReadableStream> {
  const pages = new ReportPages(loadFonts(), {
    title: `Distributed database insertion report ${report.runId}`,
    author: `order-fulfillment ${report.environment.version}`,
    subject: `Insertion simulation of ${timeInUtc(new Date(report.startedAt))}`,
    creationDate: generatedAt,
  });
  drawTitle(pages, report);
  await drawSummary(pages, report);
  for (const table of report.tables) await drawAttempts(pages, report, table);
  await drawAnalysis(pages, report);
  drawTiming(pages, report);
  await drawEnvironment(pages, report);
  pages.end(SYSTEM, `Report generated on ${timeInUtc(generatedAt)}`);
  return pages.document;
}

function drawTitle(pages: ReportPages, { startedAt, options }: RunReport): void {
  const { threads, rules, engine } = options;
  pages.line(TITLE, { size: 17, isBold: true, align: 'center' });
  pages.y += 3;
  const told = `${threads} ${threads === 1 ? 'thread' : 'threads'}, ${rules} rules, ${engineName(engine)}`;
  pages.line(`Run of ${timeInUtc(new Date(startedAt))}: ${told}`, { color: COLORS.muted, align: 'center' });
}

async function drawSummary(pages: ReportPages, report: RunReport): Promise<void> {
  const { summary, options } = report;
  const { durationsMs, overlap } = summary;
  pages.heading('EXECUTIVE SUMMARY');
  await drawTable(pages, PARAMETERS, [
    ['Total Threads Used', String(options.threads)],
    ['Execution Time', seconds(report.executionMs)],
    ['Total Rows', String(summary.rows)],
    ['Total Successful', String(summary.inserted)],
    ['Total Failed', String(summary.failed)],
    ...(summary.notAttempted > 0 ? [['Not Attempted', String(summary.notAttempted)]] : []),
    ['Success Rate', percent(summary.successRatePercent)],
    ['Rows per Second', summary.rowsPerSecond.toFixed(1)],
    ...(durationsMs
      ? [
          [
            'Duration of an Attempt (p50 / p95 / max)',
            [durationsMs.p50, durationsMs.p95, durationsMs.max].map(milliseconds).join(' / '),
          ],
        ]
      : []),
    ['In Flight at the Same Time', `at most ${overlap.inFlightMax}, ${overlap.inFlightAverage.toFixed(2)} on average`],
    ['Attempts That Overlapped Another', `${overlap.overlapping} of ${report.attempts.length}`],
    ['Rows Validated', String(summary.validated)],
    [
      'End of the Run',
      report.end === 'all_attempted' ? 'All rows were attempted' : 'Interrupted before all rows were attempted',
    ],
  ]);
}

async function drawAttempts(pages: ReportPages, report: RunReport, table: TableReport): Promise<void> {
  pages.heading(`${table.table} TABLE (${table.stores.join(', ')})`);
  const attempts = report.attempts
    .filter(({ entity }) => entity === table.entity)
    .sort((left, right) => left.index - right.index);
  const left = table.notAttempted > 0 ? `, Not attempted: ${table.notAttempted}` : '';
  pages.line(`Successful insertions: ${table.inserted}, Failed insertions: ${table.failed}${left}`, {
    color: COLORS.muted,
  });
  pages.y += 4;
  if (attempts.length > 0) await drawTable(pages, ATTEMPTS, rowsOf(attempts));
}

function* rowsOf(attempts: readonly Attempt[]): Generator<Cell[]> {
  for (const { thread, outcome, details, reason, store, startMs, endMs } of attempts) {
    const status: Cell = outcome === 'inserted' ? 'SUCCESS' : { text: 'FAILED', color: COLORS.failed };
    const result =
      outcome === 'inserted'
        ? `Inserted into ${store} (${milliseconds(endMs - startMs)})`
        : { text: reason ?? 'No reason is known', color: COLORS.failed };
    yield [thread, status, details, result];
  }
}

async function drawAnalysis(pages: ReportPages, report: RunReport): Promise<void> {
  pages.heading('DETAILED ANALYSIS');
  await drawTable(
    pages,
    ANALYSIS,
    report.tables.map((table) => [
      table.stores.join(', '),
      String(table.inserted),
      String(table.failed),
      percent(table.successRatePercent),
      table.commonIssues.map(({ reason, count }) => `${reason} (${count})`).join('; ') || 'None',
    ]),
  );
  pages.heading('THREADS');
  await drawTable(pages, THREADS, threadRows(report));
}

function threadRows({ options, attempts, executionMs }: RunReport): string[][] {
  return Array.from({ length: options.threads }, (_, index) => {
    const own = attempts.filter(({ worker }) => worker === index + 1);
    const inserted = own.filter(({ outcome }) => outcome === 'inserted').length;
    const busyMs = own.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
    return [
      `Thread ${index + 1}`,
      String(own.length),
      String(inserted),
      String(own.length - inserted),
      milliseconds(busyMs),
      percent(executionMs > 0 ? (100 * busyMs) / executionMs : 0),
    ];
  });
}

function drawTiming(pages: ReportPages, report: RunReport): void {
  pages.heading('TIMING', 200);
  if (report.attempts.length === 0) return pages.line('No row was attempted.');
  drawThreads(pages, report);
  drawInFlight(pages, report);
  drawDurations(pages, report);
}

async function drawEnvironment(pages: ReportPages, report: RunReport): Promise<void> {
  const { options, environment } = report;
  pages.heading('HOW IT WAS RUN', 160);
  await drawTable(pages, PARAMETERS, [
    ['Run', report.runId],
    ['Started / Ended', `${timeInUtc(new Date(report.startedAt))} / ${timeInUtc(new Date(report.endedAt))}`],
    ['Rows', options.rows],
    ['Rules', options.rules],
    ['Stores', `${environment.engineVersion}, ${options.shards} for each table`],
    ['Delay inside of a Transaction', `${options.delayMs} ms`],
    ['Rows of Earlier Runs', options.keepRows ? 'kept' : 'removed before the run'],
    ['Version', environment.version],
    [
      'Machine',
      `Node.js ${environment.node}, ${environment.platform}, ${environment.cpus} processors, ${gibibytes(environment.memoryBytes)} GiB`,
    ],
  ]);
}

function engineName(engine: RunReport['options']['engine']): string {
  return engine === 'postgres' ? 'PostgreSQL' : 'SQLite';
}

function gibibytes(bytes: number): string {
  return (bytes / 2 ** 30).toFixed(1);
}
