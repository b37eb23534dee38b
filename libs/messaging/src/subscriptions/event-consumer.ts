import type { Type } from '@nestjs/common';
import type { EventEnvelope } from '../outbox/event';

/**
 * Acts on the events of its subscriptions. It may be called more than once for one event (a crash before the acknowledgement), so its
 * effect is guarded in Postgres. Throwing a DomainError of kind `unavailable`, or anything unknown, asks for a retry; the other kinds
 * make a dead letter at once.
 */
export interface EventConsumer<Payload = unknown> {
  /** `signal` is aborted when the subscription's `timeoutMs` is over: the job counts as failed then, and may be begun again. */
  handle(event: EventEnvelope<Payload>, signal?: AbortSignal): Promise<void>;
}

/** The consumers of this process by their class. */
export type EventConsumers = ReadonlyMap<Type<EventConsumer>, EventConsumer>;
/** Injection token of {@link EventConsumers}. */
export const EVENT_CONSUMERS = Symbol('EventConsumers');
