import type { EventEnvelope } from '../outbox/event';
import type { Job } from '../transports/transport';

/** By which job a subscription gets an event. */
export interface Delivery {
  subscription: string;
  delayMs: number;
  priority: number;
  /** Each replay of a dead letter is a job of its own. */
  replays?: number;
}

/** Carries the whole event. The same delivery of the same event is the same job, however often it is sent. */
export function jobOf(event: EventEnvelope, { subscription, delayMs, priority, replays }: Delivery): Job {
  return { id: jobId(event.id, subscription, replays), name: subscription, data: event, delayMs, priority };
}

/** BullMQ refuses ids of digits only and ids with a colon. No subscription's name has a digit, so no two of these are the same. */
function jobId(eventId: string, subscription: string, replays: number | undefined): string {
  return `evt-${eventId}-${subscription}${replays ? `-${replays}` : ''}`;
}
