import type { HistoryEntry } from '../workload/history';
import { changedNothing } from '../workload/read-answer';
import { type Check, check } from './check';

/** An order as the database has it when everything is at rest. */
export interface StoredOrder {
  id: string;
  /** The wish that it was placed for. */
  wish: string;
  status: string;
  version: number;
}

/** When a fault was under way, in the history's milliseconds. */
export interface FaultWindow {
  from: number;
  until: number;
}

/** An error is excused for this long after a fault has ended. */
export const EXCUSED_AFTER_MS = 15_000;

/** Everything that only the clients can know. */
export function checkHistories(
  entries: readonly HistoryEntry[],
  orders: readonly StoredOrder[],
  faults: readonly FaultWindow[],
): Check[] {
  return [
    checkExistence(entries, orders),
    checkRefusals(entries),
    checkCancels(entries, orders),
    checkReplies(entries),
    checkVersions(entries),
    checkServerErrors(entries, faults),
  ];
}

/** I2: what was answered with 201 exists once; what was refused does not exist; what is not known exists once or not at all. */
export function checkExistence(entries: readonly HistoryEntry[], orders: readonly StoredOrder[]): Check {
  const stored = groupedBy(orders, ({ wish }) => wish);
  const wishes = groupedBy(
    entries.filter(({ kind }) => kind === 'place'),
    ({ wish }) => wish,
  );
  const broken: string[] = [];
  let placed = 0;
  let refused = 0;
  let unknown = 0;
  for (const [wish, attempts] of wishes) {
    const found = stored.get(wish) ?? [];
    const success = attempts.find(({ outcome }) => outcome === 'ok');
    const mayExist =
      attempts.some((entry) => entry.outcome === 'unknown' && !changedNothing(entry)) || hasNoOutcome(attempts);
    if (success) placed++;
    else if (mayExist) unknown++;
    else refused++;
    if (found.length > 1) broken.push(`${wish}: ${found.length} orders`);
    else if (success && found[0]?.id !== success.orderId)
      broken.push(`${wish}: 201 for order ${success.orderId}, found ${found[0]?.id ?? 'none'}`);
    else if (!success && !mayExist && found.length > 0)
      broken.push(`${wish}: refused, and order ${found[0]!.id} exists`);
  }
  for (const [wish, found] of stored)
    if (!wishes.has(wish)) broken.push(`order ${found[0]!.id} has nobody who wanted it`);
  return check('I2', 'every 201 is one order; a refusal is none; an unknown outcome is one or none', broken, {
    wishes: wishes.size,
    placed,
    refused,
    unknown,
    attempts: [...wishes.values()].flat().filter(({ outcome }) => outcome === 'invoke').length,
  });
}

/** The customers ask for nothing that is not allowed: a lack of stock is the only reason to refuse them. */
export function checkRefusals(entries: readonly HistoryEntry[]): Check {
  const refusals = entries.filter(({ kind, outcome, status }) => kind === 'place' && outcome === 'fail' && status);
  const passing = ({ code }: HistoryEntry) => code === 'IDEMPOTENCY_KEY_IN_USE';
  const broken = refusals
    .filter((entry) => entry.code !== 'INVENTORY_INSUFFICIENT_STOCK' && !passing(entry))
    .map(({ wish, status, code }) => `${wish}: ${status} ${code}`);
  const placed = entries.some(({ kind, outcome }) => kind === 'place' && outcome === 'ok');
  return check(
    'served',
    'customers are refused for lack of stock only',
    placed ? broken : [...broken, 'nobody was served'],
    {
      sold_out: refusals.filter((entry) => !passing(entry)).length,
    },
  );
}

/** I2 for cancellations: one that was confirmed stays. */
export function checkCancels(entries: readonly HistoryEntry[], orders: readonly StoredOrder[]): Check {
  const status = new Map(orders.map((order) => [order.id, order.status]));
  const confirmed = entries.filter(({ kind, outcome }) => kind === 'cancel' && outcome === 'ok');
  const broken = confirmed
    .filter(({ orderId }) => status.get(orderId!) !== 'cancelled')
    .map(({ orderId }) => `order ${orderId}: cancel confirmed, and it is ${status.get(orderId!) ?? 'not there'}`);
  const tooLate = entries.filter(({ kind, outcome }) => kind === 'cancel' && outcome === 'fail').length;
  return check('I2', 'a confirmed cancel stays', broken, { cancelled: confirmed.length, too_late: tooLate });
}

/** I9: the same key and body get the first reply, byte by byte; another body is refused with 422. */
export function checkReplies(entries: readonly HistoryEntry[]): Check {
  const first = new Map<string, string>();
  const broken: string[] = [];
  let repeats = 0;
  let reuses = 0;
  for (const { kind, outcome, wish, body, status } of entries) {
    const definite = outcome === 'ok' || (outcome === 'fail' && status !== undefined && status !== 409);
    if ((kind === 'place' || kind === 'repeat') && outcome === 'ok') {
      if (kind === 'repeat') repeats++;
      const earlier = first.get(wish);
      if (earlier === undefined) first.set(wish, body!);
      else if (earlier !== body) broken.push(`${wish}: two replies that differ`);
    } else if (kind === 'repeat' && definite) broken.push(`${wish}: repeated, and refused with ${status}`);
    if (kind === 'reuse' && definite) {
      reuses++;
      if (status !== 422) broken.push(`${wish}: its key with another body got ${status}`);
    }
  }
  return check('I9', 'same key and body: the same bytes; other body: 422', broken, { repeats, reuses });
}

/** I10: a read that began after another one had ended does not see an older version of the order. */
export function checkVersions(entries: readonly HistoryEntry[]): Check {
  const begunAt = new Map<number, number>();
  const reads: { orderId: string; version: number; begun: number; ended: number }[] = [];
  for (const { outcome, request, at, kind, orderId, version } of entries) {
    if (outcome === 'invoke') begunAt.set(request, at);
    if (outcome === 'ok' && kind === 'read')
      reads.push({ orderId: orderId!, version: version!, begun: begunAt.get(request)!, ended: at });
  }
  const broken: string[] = [];
  for (const [orderId, ofOrder] of groupedBy(reads, (read) => read.orderId))
    for (const later of ofOrder) {
      const newest = Math.max(0, ...ofOrder.filter(({ ended }) => ended < later.begun).map(({ version }) => version));
      if (later.version < newest) broken.push(`order ${orderId}: version ${later.version} after ${newest}`);
    }
  return check('I10', 'no client sees a version go back', broken, { reads: reads.length });
}

/** I13: each 5xx is a problem document, and comes only while a fault is under way or has just been. */
export function checkServerErrors(entries: readonly HistoryEntry[], faults: readonly FaultWindow[]): Check {
  const errors = entries.filter(({ outcome, status }) => outcome === 'unknown' || (status ?? 0) >= 500);
  const excused = ({ at }: HistoryEntry) =>
    faults.some(({ from, until }) => at >= from && at <= until + EXCUSED_AFTER_MS);
  const broken = errors.flatMap((entry) => {
    if (entry.malformed) return [`${entry.wish}: ${entry.status} without a problem document or Retry-After`];
    return excused(entry) ? [] : [`${entry.wish}: ${entry.status ?? entry.code} at ${entry.at} ms, without a fault`];
  });
  return check('I13', 'every 5xx is a problem document, and none comes without a fault', broken, {
    unavailable: errors.filter(({ status }) => status === 503).length,
    other_5xx: errors.filter(({ status }) => status !== undefined && status !== 503).length,
    no_answer: errors.filter(({ status }) => status === undefined).length,
  });
}

/** The last attempt was cut off by the end of the run. */
function hasNoOutcome(attempts: readonly HistoryEntry[]): boolean {
  const answered = new Set(attempts.filter(({ outcome }) => outcome !== 'invoke').map(({ request }) => request));
  return attempts.some(({ outcome, request }) => outcome === 'invoke' && !answered.has(request));
}

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
