import { DomainError } from '@app/platform';
import { z } from 'zod';
import { ORDER_PRIORITIES, type OrderPriority } from '../order-priority';
import type { PlacementRequest } from '../placement/placement';
import type { OrderBatch } from './order-batch';

const text = z.string().nullable();

/** What all orders of a batch have in common is kept once, with the batch. */
type StoredKey = Exclude<keyof PlacementRequest, 'requestId' | 'actor' | 'batchId' | 'idempotency'>;

/** A request as it waits in a chunk. */
const storedRequests = z.array(
  z.object({
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
  } satisfies Record<StoredKey, z.ZodType>),
);

/** The orders of a chunk cannot be understood. They were checked before they were stored: somebody changed them by hand. */
class UnreadableChunkError extends DomainError {
  readonly code = 'ORDER_BATCH_UNREADABLE';
  readonly kind = 'invalid';
}

/** The requests as a chunk keeps them. */
export function storeRequests(requests: readonly PlacementRequest[]): string {
  const common = { requestId: undefined, actor: undefined, batchId: undefined, idempotency: undefined };
  return JSON.stringify(requests.map((request) => ({ ...request, ...common })));
}

/** The requests of a chunk again. Throws UnreadableChunkError. */
export function readRequests(stored: unknown, batch: OrderBatch, firstIndex: number): PlacementRequest[] {
  const parsed = storedRequests.safeParse(stored);
  if (!parsed.success)
    throw new UnreadableChunkError(
      `The stored orders from ${firstIndex} on cannot be read: ${parsed.error.issues[0]?.message}.`,
    );
  const { id: batchId, createdBy: actor, requestId } = batch;
  return parsed.data.map((request) => ({ ...request, batchId, actor, requestId }));
}
