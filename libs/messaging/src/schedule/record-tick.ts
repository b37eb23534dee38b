import type { AnyTx } from '@app/platform';
import { newId } from '@app/platform';
import { z } from 'zod';
import { defineEvent, type EventType } from '../outbox/event';
import { publish } from '../outbox/outbox';

/** Payload of every tick: which slot of the schedule it stands for (RFC 3339). */
export const tickPayload = z.object({ tick_at: z.string() });
export type TickPayload = z.infer<typeof tickPayload>;

/** Declares the event of a periodic job, `schedule.<name>.v1`. */
export function defineTick(name: string): EventType<TickPayload> {
  return defineEvent(`schedule.${name}.v1`, tickPayload);
}

/**
 * Records that a slot of the schedule was reached and appends its event, once: the row's primary key makes every other
 * scheduler's attempt for the same slot a no-op. A slot is left out while an earlier tick still waits for a relay: hours without a
 * worker must not become hundreds of runs at once. Returns whether this call was the one that recorded it.
 */
export async function recordTick(
  tx: AnyTx,
  name: string,
  event: EventType<TickPayload>,
  tickAt: Date,
): Promise<boolean> {
  const inserted = await tx.query<unknown[]>(
    `insert into messaging.schedule_ticks (name, tick_at)
     select $1, $2 where not exists (select 1 from messaging.outbox where published_at is null and type = $3)
     on conflict do nothing returning 1`,
    [name, tickAt, event.type],
  );
  if (inserted.length === 0) return false;
  const id = newId();
  await publish(tx, [
    {
      event,
      aggregateId: id,
      aggregateVersion: 1,
      correlationId: `tick-${id}`,
      payload: { tick_at: tickAt.toISOString() },
    },
  ]);
  return true;
}
