import { DomainError } from '@app/platform';
import { z } from 'zod';
import { ORDER_PRIORITIES, type OrderPriority } from '../order-priority';
import type { PlacementRequest } from '../placement/placement';
import { type BatchedOrder, InvalidOrder } from './batched-order';
import type { OrderBatch } from './order-batch';

const text = z.string().nullable();

/** What all orders of a batch have in common is kept once, with the batch. */
type StoredKey = Exclude<keyof PlacementRequest, 'requestId' | 'actor' | 'batchId' | 'idempotency'>;

/** A request as it waits in a chunk. */
const storedRequest = z.object({
  orderId: z.string(),
  orderIdGiven: z.boolean(),
  customerName: z.string(),
  customerEmail: text,
  priority: z.enum(Object.keys(ORDER_PRIORITIES) as [OrderPriority, ...OrderPriority[]]),
  shippingAddress: text,
  billingAddress: text,
  paymentMethod: text,
  notes: text,
  externalReference: text,
  lines: z.array(z.object({ productId: z.number(), quantity: z.number() })).min(1),
  userId: z.string().optional(),
  declaredTotalMinor: z.number().optional(),
} satisfies Record<StoredKey, z.ZodType>);

/** An order that was invalid when it came keeps its place, and what to answer. */
const storedInvalid = z.object({
  invalid: z.object({
    message: z.string(),
    problems: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })),
  }),
});

const storedOrders = z.array(z.union([storedRequest, storedInvalid]));

/** The orders of a chunk cannot be understood. They were checked before they were stored: somebody changed them by hand. */
class UnreadableChunkError extends DomainError {
  readonly code = 'ORDER_BATCH_UNREADABLE';
  readonly kind = 'invalid';
}

/** The requests as a chunk keeps them. */
export function storeRequests(requests: readonly BatchedOrder[]): string {
  const common = { requestId: undefined, actor: undefined, batchId: undefined, idempotency: undefined };
  return JSON.stringify(
    requests.map((request) => (request instanceof InvalidOrder ? { invalid: request } : { ...request, ...common })),
  );
}

/** The requests of a chunk again. Throws UnreadableChunkError. */
export function readRequests(stored: unknown, batch: OrderBatch, firstIndex: number): BatchedOrder[] {
  const parsed = storedOrders.safeParse(stored);
  if (!parsed.success)
    throw new UnreadableChunkError(
      `The stored orders from ${firstIndex} on cannot be read: ${parsed.error.issues[0]?.message}.`,
    );
  const { id: batchId, createdBy: actor, requestId } = batch;
  return parsed.data.map((order) =>
    'invalid' in order
      ? new InvalidOrder(order.invalid.message, order.invalid.problems)
      : { ...order, batchId, actor, requestId },
  );
}
