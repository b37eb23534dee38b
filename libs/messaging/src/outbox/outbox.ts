import { CombinedWrite, newId, newIdOf, type Tx } from '@app/platform';
import type { EventType } from './event';

/** An event that is about to become true with the transaction that appends it. */
export interface NewEvent<Payload = unknown> {
  event: EventType<Payload>;
  aggregateId: string;
  aggregateVersion: number;
  correlationId: string;
  payload: Payload;
  /** Waits in line until the queue has room, the lowest rank first (1 to 3); leaves at once when not given. */
  rank?: number;
  /** Its place in line is that of an event of this time; of now when not given. */
  inLineSince?: Date;
}

/** Adds the events to a combined write: they exist if and only if its transaction commits. */
export function appendToOutbox(write: CombinedWrite, events: readonly NewEvent[]): void {
  if (events.length === 0) return;
  write.add(
    'outbox_rows',
    (bind) => `
      insert into messaging.outbox (id, type, aggregate_id, aggregate_version, correlation_id, payload, rank)
      select * from unnest(
        ${bind(
          events.map(({ inLineSince }) => (inLineSince ? newIdOf(inLineSince) : newId())),
          'uuid',
        )},
        ${bind(
          events.map(({ event }) => event.type),
          'text',
        )},
        ${bind(
          events.map(({ aggregateId }) => aggregateId),
          'uuid',
        )},
        ${bind(
          events.map(({ aggregateVersion }) => aggregateVersion),
          'integer',
        )},
        ${bind(
          events.map(({ correlationId }) => correlationId),
          'text',
        )},
        ${bind(
          events.map(({ payload }) => JSON.stringify(payload)),
          'jsonb',
        )},
        ${bind(
          events.map(({ rank }) => rank ?? null),
          'smallint',
        )})`,
  );
}

/** Appends events in the caller's transaction. */
export async function publish(tx: Tx, events: readonly NewEvent[]): Promise<void> {
  const write = new CombinedWrite();
  appendToOutbox(write, events);
  await write.execute(tx);
}
