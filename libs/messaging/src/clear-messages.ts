import { clearTables, type AnyTx } from '@app/platform';

/** The first two belong to processes that run; the floor tells readers of the feed that events were removed. */
const KEPT = ['heartbeats', 'schedule_ticks', 'feed_floor'];

/**
 * Removes all events and dead letters. Jobs that were handed to a queue before stay there and find nothing to do. Demo data
 * only.
 */
export async function clearMessages(tx: AnyTx): Promise<void> {
  await clearTables(tx, 'messaging', KEPT);
}
