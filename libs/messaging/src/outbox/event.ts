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
