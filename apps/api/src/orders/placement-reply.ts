import type { PlacedOrder, PlacementOutcome } from '@app/orders';
import type { FastifyReply } from 'fastify';
import { idempotentReply } from '../http/idempotent-reply';

/** The reply to a request that placed an order, now or when it was made before. */
export function placementReply(
  reply: FastifyReply,
  outcome: Exclude<PlacementOutcome, { result: 'refused' }>,
  render: (placed: PlacedOrder) => string,
): string {
  const isReplayed = outcome.result === 'replayed';
  const orderId = outcome.result === 'replayed' ? outcome.orderId : outcome.placed.order.id;
  const text = outcome.result === 'replayed' ? outcome.reply : (outcome.reply ?? render(outcome.placed));
  return idempotentReply(reply, { location: `/api/v1/orders/${orderId}/`, isReplayed, text });
}
