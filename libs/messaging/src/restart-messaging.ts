interface Database {
  query(sql: string): Promise<unknown>;
}

/** Rows that mean something only to the processes, and to the readers, of one database. */
export const MESSAGING_OF_ONE_DATABASE = ['messaging.heartbeats', 'messaging.feed_floor'];

/**
 * Makes messages that were restored from a backup fit whatever the queues hold now. The queues may have forgotten, or be ahead
 * of the restored orders: with new sentinels, which no queue has, the first worker takes every queue for emptied and sends all
 * that is under way again; jobs of orders that are not there any more find nothing to do. Readers of the feed are told that it
 * begins here: their cursors are of a past that did not happen.
 */
export async function restartMessaging(database: Database): Promise<void> {
  await database.query('update messaging.queue_sentinels set sentinel = gen_random_uuid(), placed_at = now()');
  await database.query('update messaging.outbox set locked_by = null, locked_until = null where locked_by is not null');
  await database.query(
    `update messaging.feed_floor
        set tx = messaging.feed_tx(), aggregate_version = 2147483647, id = 'ffffffff-ffff-ffff-ffff-ffffffffffff'`,
  );
}
