import type { FastifyReply } from 'fastify';

/** A reply that is given again, byte for byte, when its request is repeated with its Idempotency-Key. */
export interface IdempotentReply {
  /** Where what it speaks of can be read. */
  location?: string;
  /** It is the stored reply to an earlier request. */
  isReplayed: boolean;
  /** The JSON text. */
  text: string;
}

/** Sets the headers of the reply, and returns its text. */
export function idempotentReply(reply: FastifyReply, { location, isReplayed, text }: IdempotentReply): string {
  void reply.header('content-type', 'application/json; charset=utf-8');
  if (location !== undefined) void reply.header('location', location);
  if (isReplayed) void reply.header('idempotency-replayed', 'true');
  return text;
}
