import type { VersionRow } from '@app/audit';
import type { Order } from '../order.entity';
import type { OrderStatus } from '../order-status';

/** One change of state of an order. */
export interface StatusChange {
  /** Null for the placement, and for the first entry when the versions before it are cleaned up. */
  from: OrderStatus | null;
  to: OrderStatus;
  changedAt: Date;
  changedBy: string;
  notes: string | null;
  /** Time in the state before; null for the first entry. */
  secondsInPreviousState: number | null;
}

/** A version of an order, by its columns. */
export type OrderVersion = VersionRow & { status: OrderStatus; status_since: string };

interface Version {
  version: number;
  status: OrderStatus;
  since: Date;
  writtenAt: Date;
  changedBy: string;
  reason: string | null;
}

/** A version that reaches a state has both of its times from one row of one statement, rounded. */
const SAME_STATEMENT_MS = 2;

/**
 * Reads the changes of state off the versions of an order, the oldest first. The first entry is its placement. When that is
 * cleaned up the history begins later: with the first kept version if that reached its state, else with the change after it,
 * because who brought the order into the state before is not known any more.
 */
export function statusHistory(superseded: readonly OrderVersion[], current: Order): StatusChange[] {
  const versions: Version[] = superseded.map((row) => ({
    version: row.version,
    status: row.status,
    since: new Date(row.status_since),
    writtenAt: new Date(row.updated_at),
    changedBy: row.changed_by,
    reason: row.change_reason,
  }));
  versions.push({
    version: current.version,
    status: current.status,
    since: current.statusSince,
    writtenAt: current.updatedAt,
    changedBy: current.changedBy,
    reason: current.changeReason,
  });
  const changes: StatusChange[] = [];
  let previous: Version | undefined;
  for (const version of versions) {
    if (previous && previous.status === version.status) continue;
    if (previous || reachedItsState(version))
      changes.push({
        from: previous?.status ?? null,
        to: version.status,
        changedAt: version.since,
        changedBy: version.changedBy,
        notes: version.reason,
        secondsInPreviousState: previous ? (version.since.getTime() - previous.since.getTime()) / 1000 : null,
      });
    previous = version;
  }
  return changes;
}

function reachedItsState({ version, since, writtenAt }: Version): boolean {
  return version === 1 || Math.abs(writtenAt.getTime() - since.getTime()) <= SAME_STATEMENT_MS;
}
