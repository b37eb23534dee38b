import type { TestDatabase } from './database';

/**
 * Lets two hours pass for these orders without waiting: they are past the deadline of any state. Triggers are left out, because
 * an order that only grew older has no new version.
 */
export async function makeStale(database: Pick<TestDatabase, 'query'>, orderIds: readonly string[]): Promise<void> {
  const list = orderIds.map((id) => `'${id}'`).join(', ');
  await database.query(
    `do $$ begin
       set local session_replication_role = replica;
       update orders.orders set status_since = status_since - interval '2 hours',
                                requeued_at = requeued_at - interval '2 hours' where id in (${list});
     end $$`,
  );
}
