import type { Order } from '../order.entity';
import { type OrderVersion, statusHistory } from './status-history';

const row = (version: number, status: string, since: string, reason: string | null = null) =>
  ({
    version,
    status,
    status_since: since,
    updated_at: since,
    changed_by: `actor ${version}`,
    request_id: null,
    change_reason: reason,
  }) as OrderVersion;

describe('the history of the status', () => {
  it('has an entry per change, with the time that the state before took, and none for other changes', () => {
    const superseded = [
      row(1, 'pending', '2026-11-20T10:00:00.000+00:00'),
      row(2, 'pending', '2026-11-20T10:00:00.000+00:00', 'requeued'),
      row(3, 'processing', '2026-11-20T10:00:02.500+00:00'),
    ];
    const current = {
      version: 4,
      status: 'cancelled',
      statusSince: new Date('2026-11-20T10:00:10Z'),
      changedBy: 'api',
      changeReason: 'changed my mind',
    } as Order;
    expect(statusHistory(superseded, current)).toEqual([
      {
        from: null,
        to: 'pending',
        changedAt: new Date('2026-11-20T10:00:00Z'),
        changedBy: 'actor 1',
        notes: null,
        secondsInPreviousState: null,
      },
      {
        from: 'pending',
        to: 'processing',
        changedAt: new Date('2026-11-20T10:00:02.500Z'),
        changedBy: 'actor 3',
        notes: null,
        secondsInPreviousState: 2.5,
      },
      {
        from: 'processing',
        to: 'cancelled',
        changedAt: new Date('2026-11-20T10:00:10Z'),
        changedBy: 'api',
        notes: 'changed my mind',
        secondsInPreviousState: 7.5,
      },
    ]);
  });
});
