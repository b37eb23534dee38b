import { CleanUpMessagesDue, type EventType, type TickPayload } from '@app/messaging';
import { CleanUpIdempotencyKeysDue, SweepStaleOrdersDue } from '@app/orders';

/** One periodic job. At each slot of its cron expression its event is published once, however many schedulers run. */
export interface ScheduledJob {
  name: string;
  /** Five fields: minute, hour, day of month, month, day of week. */
  cron: string;
  timeZone: string;
  event: EventType<TickPayload>;
  /** The context that the job belongs to. */
  owner: string;
}

/** Every periodic job there is. */
export const SCHEDULE: readonly ScheduledJob[] = [
  { name: 'sweep_stale_orders', cron: '* * * * *', timeZone: 'UTC', event: SweepStaleOrdersDue, owner: 'orders' },
  {
    name: 'clean_up_idempotency_keys',
    cron: '10 * * * *',
    timeZone: 'UTC',
    event: CleanUpIdempotencyKeysDue,
    owner: 'orders',
  },
  { name: 'clean_up_messages', cron: '20 * * * *', timeZone: 'UTC', event: CleanUpMessagesDue, owner: 'messaging' },
];
