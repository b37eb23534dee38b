import type { VersionRow } from '@app/audit';
import type { Order } from '../order.entity';
import type { OrderStatus } from '../order-status';

/** One change of state of an order. */
export interface StatusChange {
  from: OrderStatus | null;
  to: OrderStatus;
  changedAt: Date;
  changedBy: string;
  notes: string | null;
  /** Time in the state before; null for the first entry. */
  secondsInPreviousState: number | null;
}

interface Version {
  status: OrderStatus;
  since: Date;
  changedBy: string;
  reason: string | null;
}

/** Reads the changes of state off the versions of an order, the oldest first. The first entry is its placement. */
export function statusHistory(superseded: readonly VersionRow[], current: Order): StatusChange[] {
  const versions: Version[] = superseded.map((row) => ({
    status: row.status as OrderStatus,
    since: new Date(row.status_since as string),
    changedBy: row.changed_by,
    reason: row.change_reason,
  }));
  versions.push({
    status: current.status,
    since: current.statusSince,
    changedBy: current.changedBy,
    reason: current.changeReason,
  });
  const changes: StatusChange[] = [];
  let previous: Version | undefined;
  for (const version of versions) {
    if (previous && previous.status === version.status) continue;
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
