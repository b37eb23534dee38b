import { grouped } from '../options';
import type { FollowEnd, Tally } from './follow-orders';
import { percentile } from './percentile';
import type { Sent } from './send-orders';

const REASONS_SHOWN = 5;

export interface LoadRun {
  sent: Sent;
  /** Undefined when sending was interrupted. */
  end?: FollowEnd;
  /** Undefined when the orders could not be read back. */
  tally?: Tally;
}

/** The result of a load test, one figure or group of figures a line. */
export function loadReport({ sent, end, tally }: LoadRun): string {
  const rows: [label: string, value: string][] = [
    ['Created', grouped(sent.createdIds.size)],
    ['Rejected (4xx)', grouped(sent.rejected)],
    ['Failed (5xx, network)', grouped(sent.failed)],
    ...reasonRows(sent.reasons),
    ['Rate', `${rate(sent)} orders/s`],
    ['POST', spread(sent.latenciesMs, milliseconds)],
  ];
  if (tally) rows.push(...tallyRows(tally));
  if (end === 'timed_out') rows.push(['NOT FINISHED', 'some orders were still on their way when the time was up']);
  if (end === 'interrupted' || end === undefined) rows.push(['Stopped', 'before all orders had come to an end']);
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `${label.padEnd(width)}  ${value}`).join('\n');
}

/** The same figures for programs; times in milliseconds. */
export function loadFigures({ sent, end, tally }: LoadRun) {
  return {
    created: sent.createdIds.size,
    rejected: sent.rejected,
    failed: sent.failed,
    reasons: Object.fromEntries(sent.reasons),
    elapsed_ms: Math.round(sent.elapsedMs),
    post_ms: percentiles(sent.latenciesMs),
    end: end ?? null,
    by_status: tally ? Object.fromEntries(tally.byStatus) : null,
    delivery_ms: tally ? percentiles(tally.deliveryMs) : null,
    until_last_delivery_ms: tally?.untilLastDeliveryMs ?? null,
    unacknowledged: tally?.unacknowledged ?? null,
    lost: tally?.lost ?? null,
  };
}

/** Everything was accepted or refused properly, came to an end and is there. */
export function succeeded({ sent, end, tally }: LoadRun): boolean {
  return sent.failed === 0 && end === 'all_final' && tally?.lost.length === 0;
}

function reasonRows(reasons: ReadonlyMap<string, number>): [string, string][] {
  const most = [...reasons].sort(([, one], [, other]) => other - one).slice(0, REASONS_SHOWN);
  return most.map(([reason, count]) => [`  ${reason}`, grouped(count)]);
}

function tallyRows({ byStatus, lost, unacknowledged, deliveryMs, untilLastDeliveryMs }: Tally): [string, string][] {
  const rows: [string, string][] = [];
  if (untilLastDeliveryMs !== undefined) {
    rows.push(['Placed to delivered', spread(deliveryMs, inSeconds)]);
    rows.push(['All delivered', `${inSeconds(untilLastDeliveryMs)} after the first was placed`]);
  }
  const statuses = [...byStatus].map(([status, count]) => `${status} ${grouped(count)}`);
  rows.push(['Orders by status', statuses.join(', ') || 'none']);
  if (unacknowledged > 0)
    rows.push(['Placed unanswered', `${grouped(unacknowledged)} (the order is there, its answer was not)`]);
  if (lost.length > 0) rows.push(['LOST', `${grouped(lost.length)}, such as ${lost[0]}`]);
  return rows;
}

function rate({ createdIds, elapsedMs }: Sent): string {
  return elapsedMs > 0 ? grouped(Math.round((createdIds.size / elapsedMs) * 10_000) / 10) : '0';
}

function spread(values: readonly number[], format: (value: number) => string): string {
  if (values.length === 0) return 'none';
  const sorted = [...values].sort((one, other) => one - other);
  return [50, 95, 99].map((percent) => `p${percent} ${format(percentile(sorted, percent))}`).join(', ');
}

function percentiles(values: readonly number[]): Record<'p50' | 'p95' | 'p99', number> | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((one, other) => one - other);
  return { p50: percentile(sorted, 50), p95: percentile(sorted, 95), p99: percentile(sorted, 99) };
}

function milliseconds(ms: number): string {
  return `${ms < 10 ? ms.toFixed(1) : grouped(Math.round(ms))} ms`;
}

function inSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
