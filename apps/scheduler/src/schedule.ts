import { CleanUpHistoryDue } from '@app/audit';
import { CleanUpSecurityEventsDue } from '@app/identity';
import { CompareStockDue } from '@app/inventory';
import { CleanUpMessagesDue, type EventType, type TickPayload } from '@app/messaging';
import {
  CleanUpIdempotencyKeysDue,
  FoldOrderStatisticsDue,
  ResumeLostOrdersDue,
  RewriteSearchWordsDue,
  SweepStaleBatchesDue,
  SweepStaleOrdersDue,
} from '@app/orders';
import { SweepStaleRunsDue } from '@app/simulation';

/** One periodic job. At each slot of its cron expression its event is published once, however many schedulers run. */
export interface ScheduledJob {
  name: string;
  /** Minute, hour, day of month, month, day of week; a sixth field in front is the second. */
  cron: string;
  timeZone: string;
  event: EventType<TickPayload>;
  /** The context that the job belongs to. */
  owner: string;
}

/** Every periodic job there is. */
export const SCHEDULE: readonly ScheduledJob[] = [
  {
    name: 'fold_order_statistics',
    cron: '*/10 * * * * *',
    timeZone: 'UTC',
    event: FoldOrderStatisticsDue,
    owner: 'orders',
  },
  { name: 'sweep_stale_orders', cron: '* * * * *', timeZone: 'UTC', event: SweepStaleOrdersDue, owner: 'orders' },
  { name: 'resume_lost_orders', cron: '10,40 * * * * *', timeZone: 'UTC', event: ResumeLostOrdersDue, owner: 'orders' },
  { name: 'sweep_stale_batches', cron: '* * * * *', timeZone: 'UTC', event: SweepStaleBatchesDue, owner: 'orders' },
  { name: 'rewrite_search_words', cron: '* * * * *', timeZone: 'UTC', event: RewriteSearchWordsDue, owner: 'orders' },
  { name: 'compare_stock', cron: '*/5 * * * *', timeZone: 'UTC', event: CompareStockDue, owner: 'inventory' },
  {
    name: 'clean_up_idempotency_keys',
    cron: '10 * * * *',
    timeZone: 'UTC',
    event: CleanUpIdempotencyKeysDue,
    owner: 'orders',
  },
  { name: 'sweep_stale_runs', cron: '*/20 * * * * *', timeZone: 'UTC', event: SweepStaleRunsDue, owner: 'simulation' },
  { name: 'clean_up_messages', cron: '20 * * * *', timeZone: 'UTC', event: CleanUpMessagesDue, owner: 'messaging' },
  {
    name: 'clean_up_security_events',
    cron: '30 * * * *',
    timeZone: 'UTC',
    event: CleanUpSecurityEventsDue,
    owner: 'identity',
  },
  { name: 'clean_up_history', cron: '0 3 * * 0', timeZone: 'UTC', event: CleanUpHistoryDue, owner: 'audit' },
];
