import { clearTables, type Tx } from '@app/platform';

/** These belong to processes that run. */
const KEPT = ['heartbeats', 'schedule_ticks'];

/**
 * Removes all events and dead letters. Jobs that were handed to a queue before stay there and find nothing to do. Demo data
 * only.
 */
export async function clearMessages(tx: Tx): Promise<void> {
  await clearTables(tx, 'messaging', KEPT);
}
