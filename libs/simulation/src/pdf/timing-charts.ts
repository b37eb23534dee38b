import { type Attempt, ENTITIES, type Entity } from '../contracts/attempt';
import type { RunReport } from '../contracts/run-report';
import { COLORS, type ReportPages } from './report-pages';
import { milliseconds } from './figures';

/** Left of a chart, for the names of its rows. */
const LABEL_WIDTH = 58;
const AXIS_HEIGHT = 16;
const SIZE = 7.5;
const THREADS_HEIGHT_MAX = 330;
const TITLE_HEIGHT = 26;
/** A bar is at least so wide, so that it is seen. */
const BAR_WIDTH_MIN = 0.8;

interface Plot {
  x: number;
  y: number;
  width: number;
  height: number;
  /** Of the time axis, in milliseconds. */
  until: number;
}

/** Which thread worked when: a row for each, a bar for each attempt, red when it failed. */
export function drawThreads(pages: ReportPages, report: RunReport): void {
  const threads = report.options.threads;
  const rowHeight = Math.min(14, THREADS_HEIGHT_MAX / threads);
  const plot = beginPlot(pages, 'Attempts of each thread over time', threads * rowHeight, report);
  drawLegend(pages, plot);
  const labelEvery = Math.ceil(8 / rowHeight);
  for (let thread = 0; thread < threads; thread++) {
    const y = plot.y + thread * rowHeight;
    if (thread % labelEvery === 0)
      pages.text(`Thread ${thread + 1}`, plot.x - 6, y + rowHeight / 2 - SIZE * 0.58, { size: SIZE, align: 'right' });
    pages.document.lineWidth(0.25).strokeColor(COLORS.rule);
    pages.document
      .moveTo(plot.x, y)
      .lineTo(plot.x + plot.width, y)
      .stroke();
  }
  for (const bar of visibleBars(report.attempts, plot))
    pages.document
      .rect(
        bar.x,
        plot.y + (bar.attempt.worker - 1) * rowHeight + rowHeight * 0.15,
        Math.max(bar.width, BAR_WIDTH_MIN),
        rowHeight * 0.7,
      )
      .fill(colorOf(bar.attempt));
  endPlot(pages, plot);
}

/** How many attempts were in flight at each moment, which is what threads are for. */
export function drawInFlight(pages: ReportPages, report: RunReport): void {
  const { inFlightMax } = report.summary.overlap;
  const plot = beginPlot(pages, 'Attempts in flight over time', 90, report);
  const yOf = (count: number) => plot.y + plot.height - (count / Math.max(1, inFlightMax)) * (plot.height - 4);
  const columns = inFlightByColumn(report.attempts, plot.until, Math.floor(plot.width));
  const path = pages.document.moveTo(plot.x, yOf(0));
  for (const [column, count] of columns.entries())
    path.lineTo(plot.x + column, yOf(count)).lineTo(plot.x + column + 1, yOf(count));
  path
    .lineTo(plot.x + columns.length, yOf(0))
    .closePath()
    .fillOpacity(0.55)
    .fill(COLORS.user)
    .fillOpacity(1);
  for (const count of new Set([0, inFlightMax]))
    pages.text(String(count), plot.x - 6, yOf(count) - SIZE * 0.58, { size: SIZE, align: 'right' });
  endPlot(pages, plot);
}

/** Half of all attempts of a table were faster than p50, nineteen of twenty faster than p95. */
export function drawDurations(pages: ReportPages, { tables }: RunReport): void {
  const bars = tables.flatMap(({ entity, table, durationsMs }) =>
    durationsMs
      ? (['p50', 'p95', 'max'] as const).map((name) => ({ name, table, entity, duration: durationsMs[name] }))
      : [],
  );
  if (bars.length === 0) return;
  const barHeight = 11;
  pages.y += 8;
  pages.ensureRoom(TITLE_HEIGHT + bars.length * barHeight + 20);
  pages.line('Duration of an attempt, by table', { size: 10, isBold: true });
  pages.y += 4;
  const longest = Math.max(...bars.map(({ duration }) => duration), Number.MIN_VALUE);
  const x = pages.left + 110;
  const width = pages.width - 110 - 70;
  for (const { name, table, entity, duration } of bars) {
    const textY = pages.y + 1;
    if (name === 'p50') pages.text(table, pages.left, textY, { size: SIZE, isBold: true });
    pages.text(name, x - 6, textY, { size: SIZE, align: 'right' });
    const length = Math.max((duration / longest) * width, BAR_WIDTH_MIN);
    pages.document.rect(x, pages.y + 1.5, length, barHeight - 3).fill(COLORS[entity]);
    pages.text(milliseconds(duration), x + length + 5, textY, { size: SIZE });
    pages.y += barHeight + (name === 'max' ? 4 : 0);
  }
}

/**
 * The most attempts that were in flight in each of so many equal parts of the time, at their beginning or inside. A part in which one
 * ended and the next began counts one.
 */
export function inFlightByColumn(attempts: readonly Attempt[], until: number, columns: number): number[] {
  const changes = attempts
    .flatMap(({ startMs, endMs }) => [
      { at: startMs, by: 1 },
      { at: endMs, by: -1 },
    ])
    .sort((left, right) => left.at - right.at || left.by - right.by);
  const most: number[] = Array.from({ length: columns }, () => 0);
  let inFlight = 0;
  let next = 0;
  for (let column = 0; column < columns; column++) {
    const end = column === columns - 1 ? Infinity : (until * (column + 1)) / columns;
    let inColumn = inFlight;
    for (let change = changes[next]; change && change.at < end; change = changes[++next]) {
      inFlight += change.by;
      inColumn = Math.max(inColumn, inFlight);
    }
    most[column] = inColumn;
  }
  return most;
}

/** Of ten thousand attempts nearly all bars lie upon another: only those are drawn that change what is seen. */
function visibleBars(attempts: readonly Attempt[], plot: Plot): { attempt: Attempt; x: number; width: number }[] {
  const drawnUntil = new Map<string, number>();
  const sorted = [...attempts].sort((left, right) => left.startMs - right.startMs);
  return sorted.flatMap((attempt) => {
    const x = plot.x + (attempt.startMs / plot.until) * plot.width;
    const width = ((attempt.endMs - attempt.startMs) / plot.until) * plot.width;
    const thread = `${attempt.worker} ${colorOf(attempt)}`;
    const end = x + Math.max(width, BAR_WIDTH_MIN);
    if (end <= (drawnUntil.get(thread) ?? -1) + BAR_WIDTH_MIN / 2) return [];
    drawnUntil.set(thread, end);
    return [{ attempt, x, width }];
  });
}

function colorOf({ entity, outcome }: Attempt): string {
  return outcome === 'inserted' ? COLORS[entity] : COLORS.failed;
}

function beginPlot(pages: ReportPages, title: string, height: number, report: RunReport): Plot {
  pages.y += 8;
  pages.ensureRoom(TITLE_HEIGHT + height + AXIS_HEIGHT);
  pages.line(title, { size: 10, isBold: true });
  pages.y += 6;
  const until = Math.max(report.executionMs, lastEnd(report.attempts), 1);
  return { x: pages.left + LABEL_WIDTH, y: pages.y, width: pages.width - LABEL_WIDTH, height, until };
}

/** The time axis below a plot. */
function endPlot(pages: ReportPages, plot: Plot): void {
  const bottom = plot.y + plot.height;
  pages.document.lineWidth(0.75).strokeColor(COLORS.black);
  pages.document
    .moveTo(plot.x, bottom)
    .lineTo(plot.x + plot.width, bottom)
    .stroke();
  const step = niceStep(plot.until / 8);
  for (let at = 0; at <= plot.until; at += step) {
    const x = plot.x + (at / plot.until) * plot.width;
    pages.document
      .moveTo(x, bottom)
      .lineTo(x, bottom + 3)
      .stroke();
    const align = at === 0 ? 'left' : x + 20 > plot.x + plot.width ? 'right' : 'center';
    pages.text(axisLabel(at, step), x, bottom + 4, { size: SIZE, align });
  }
  pages.y = bottom + AXIS_HEIGHT;
}

function drawLegend(pages: ReportPages, plot: Plot): void {
  const names: Record<Entity, string> = { user: 'User', product: 'Product', order: 'Order' };
  const entries = ENTITIES.map((entity) => ({ name: names[entity], color: COLORS[entity] }));
  let x = plot.x + plot.width;
  for (const { name, color } of [...entries, { name: 'Failed', color: COLORS.failed }].reverse()) {
    x -= pages.font(false).widthOf(name, SIZE);
    pages.text(name, x, plot.y - 18, { size: SIZE });
    x -= 11;
    pages.document.rect(x, plot.y - 16.5, 7, 7).fill(color);
    x -= 10;
  }
}

function lastEnd(attempts: readonly Attempt[]): number {
  return attempts.reduce((latest, { endMs }) => Math.max(latest, endMs), 0);
}

/** 1, 2 or 5 times a power of ten, not less than what is asked for. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least)!;
}

function axisLabel(at: number, step: number): string {
  if (step >= 100) return `${(at / 1000).toFixed(step >= 1000 ? 0 : 1)} s`;
  return `${step >= 1 ? Math.round(at) : at.toFixed(2)} ms`;
}
