import { z } from 'zod';

/** A kind of event: its versioned name in the past tense (`order.shipped.v1`) and the shape of its payload. */
export interface EventType<Payload = unknown> {
  readonly type: string;
  readonly payload: z.ZodType<Payload>;
}

/** One fact that happened, on its way from the transaction that made it true to those who act on it. */
export interface EventEnvelope<Payload = unknown> {
  /** UUIDv7; stable across redeliveries, so that an external effect can be recognised as done. */
  id: string;
  type: string;
  /** RFC 3339. */
  occurred_at: string;
  aggregate_id: string;
  /** Version of the row that this event describes. */
  aggregate_version: number;
  /** Request id of whoever started it. */
  correlation_id: string;
  payload: Payload;
}

/**
 * When a stored event occurred, as RFC 3339. A time that no date can hold, `infinity` for one, was put there outside of the product and
 * becomes the beginning of 1970: it must not throw, or one row would stop every event behind it, for all relays and readers.
 */
export function occurredAt(stored: Date | string | number): string {
  const time = new Date(stored).getTime();
  return new Date(Number.isNaN(time) ? 0 : time).toISOString();
}

export const envelopeSchema = z.object({
  id: z.uuid(),
  type: z.string(),
  occurred_at: z.string(),
  aggregate_id: z.uuid(),
  aggregate_version: z.number().int().positive(),
  correlation_id: z.string(),
  payload: z.unknown(),
});

/** Declares an event type. */
export function defineEvent<Payload>(type: string, payload: z.ZodType<Payload>): EventType<Payload> {
  return { type, payload };
}

/** The event types among what modules export, such as a whole context (`import * as orders from '@app/orders'`). */
export function eventsIn(...modules: object[]): EventType[] {
  return modules.flatMap((module) => Object.values(module).filter(isEventType));
}

function isEventType(value: unknown): value is EventType {
  return typeof value === 'object' && value !== null && 'type' in value && 'payload' in value;
}
