import { CombinedWrite, newId, newIdOf, type AnyTx } from '@app/platform';
import type { EventType } from './event';

/** An event that is about to become true with the transaction that appends it. */
export interface NewEvent<Payload = unknown> {
  event: EventType<Payload>;
  aggregateId: string;
  aggregateVersion: number;
  correlationId: string;
  payload: Payload;
  /** Waits for its turn until the queue has room, the lowest rank first (1 to 3); leaves at once when not given. */
  rank?: number;
  /** Its turn is that of an event of this time; of now when not given. */
  waitingSince?: Date;
}

/** Adds the events to a combined write: they exist if and only if its transaction commits. */
export function appendToOutbox(write: CombinedWrite, events: readonly NewEvent[]): void {
  if (events.length === 0) return;
  write.insert('outbox_rows', 'messaging.outbox', events, {
    id: ['uuid', ({ waitingSince }) => (waitingSince ? newIdOf(waitingSince) : newId())],
    type: ['text', ({ event }) => event.type],
    aggregate_id: ['uuid', ({ aggregateId }) => aggregateId],
    aggregate_version: ['integer', ({ aggregateVersion }) => aggregateVersion],
    correlation_id: ['text', ({ correlationId }) => correlationId],
    payload: ['jsonb', ({ payload }) => JSON.stringify(payload)],
    rank: ['smallint', ({ rank }) => rank],
  });
}

/** Appends events in the caller's transaction. */
export async function publish(tx: AnyTx, events: readonly NewEvent[]): Promise<void> {
  const write = new CombinedWrite();
  appendToOutbox(write, events);
  await write.execute(tx);
}
