import type { TestDatabase } from './database';

/**
 * Lets two hours pass for these orders without waiting: they are past the deadline of any state, and what was sent for them is
 * lost. Triggers are left out, because an order that only grew older has no new version.
 */
export async function makeStale(database: Pick<TestDatabase, 'query'>, orderIds: readonly string[]): Promise<void> {
  const list = orderIds.map((id) => `'${id}'`).join(', ');
  await database.query(
    `do $$ begin
       set local session_replication_role = replica;
       update orders.orders set status_since = status_since - interval '2 hours' where id in (${list});
       update messaging.outbox set published_at = now() - interval '2 hours' where published_at is null and aggregate_id in (${list});
     end $$`,
  );
}

/** A queue that holds no job of any order. */
export const nothingQueued = async () => new Set<string>();
