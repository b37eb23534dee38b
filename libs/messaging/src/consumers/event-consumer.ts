import type { EventEnvelope, EventType } from '../outbox/event';
import type { QueueName } from '../queue/queues';

/**
 * Acts on events of one or more types. It may be called more than once for one event (a crash before the acknowledgement),
 * so its effect is guarded in Postgres. Throwing a DomainError of kind `unavailable`, or anything unknown, asks for a retry;
 * the other kinds make a dead letter at once.
 */
export interface EventConsumer<Payload = unknown> {
  readonly events: readonly EventType<Payload>[];
  readonly queue: QueueName;
  /** For events that are appended with a rank: they wait in Postgres until the queue has room. One consumer may have this. */
  readonly line?: readonly PlaceInLine[];
  handle(event: EventEnvelope<Payload>): Promise<void>;
  /** How long the queue holds the job back; none by default. */
  delayMs?(event: EventEnvelope<Payload>): number;
  /** 1 goes first; 2 by default. */
  priority?(event: EventEnvelope<Payload>): number;
}

/** Where in the queue the events of a rank in line go. */
export interface PlaceInLine {
  rank: number;
  /** Priority of their jobs. What has a lower or an equal one goes before or with them, and takes the room that they wait for. */
  jobPriority: number;
}

/** Injection token of the event types that are published for readers of the feed only. */
export const UNCONSUMED_EVENTS = Symbol('UnconsumedEvents');
/** Injection token of the consumers of this process. */
export const EVENT_CONSUMERS = Symbol('EventConsumers');
