import type { Type } from '@nestjs/common';
import type { EventEnvelope, EventType } from '../outbox/event';
import type { QueueName } from '../queues';
import type { EventConsumer } from './event-consumer';

/**
 * That a consumer is to act on events of one or more types, and how their jobs are queued and tried again. An event has none to many
 * subscriptions; each gets a job of its own, which fails, becomes a dead letter and is replayed without the others. Data and pure
 * functions only: the relay asks them for every event, in whatever process it runs. All of them are listed in
 * `apps/worker/src/subscriptions.ts`.
 */
export interface Subscription<Payload = unknown> {
  /**
   * Unique: small letters, words apart by a hyphen. Jobs and dead letters carry it, so it is never changed; a job with a name that
   * nobody knows any more becomes a dead letter.
   */
  readonly name: string;
  readonly events: readonly EventType<Payload>[];
  readonly consumer: Type<EventConsumer<Payload>>;
  readonly queue: QueueName;
  /** How long the queue holds the job back; none by default. */
  delayMs?(event: EventEnvelope<Payload>): number;
  /** 1 goes first; {@link DEFAULT_PRIORITY} by default. */
  priority?(event: EventEnvelope<Payload>): number;
  /** For events that are appended with a rank: they wait in Postgres until the queue has room. One subscription may have this. */
  readonly ranks?: readonly QueueRank[];
  /** Failures for an unknown reason, or crashes of the worker, after which the job becomes a dead letter; JOB_ATTEMPTS_MAX by default. */
  readonly attemptsMax?: number;
  /** Pauses between the attempts; {@link DEFAULT_BACKOFF} by default. */
  readonly backoff?: Backoff;
  /** A job that takes longer has failed, for a reason that may pass; without a bound by default, as statements have theirs. */
  readonly timeoutMs?: number;
}

/** The pause after a failure: `firstMs` after the first, twice as long after each further one, `maxMs` at most. */
export interface Backoff {
  readonly firstMs: number;
  readonly maxMs: number;
}

/** Where in the queue the events of a rank go. */
export interface QueueRank {
  readonly rank: number;
  /** Priority of their jobs. What has a lower or an equal one goes before or with them, and takes the room that they wait for. */
  readonly jobPriority: number;
}

export const DEFAULT_PRIORITY = 2;
export const DEFAULT_BACKOFF: Backoff = { firstMs: 500, maxMs: 30_000 };
