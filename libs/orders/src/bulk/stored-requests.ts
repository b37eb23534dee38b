import { keysOf, Principal } from '@app/platform';
import { z } from 'zod';
import { ORDER_PRIORITIES } from '../order-priority';
import type { PlacementRequest } from '../placement/placement';
import { type BatchedOrder, InvalidOrder, UnreadableOrder } from './batched-order';
import type { OrderBatch } from './order-batch';

const text = z.string().nullable();

/** What all orders of a batch have in common is kept once, with the batch. */
type StoredKey = Exclude<keyof PlacementRequest, 'requestId' | 'principal' | 'batchId' | 'idempotency'>;

/** A request as it waits in a chunk. */
const storedRequest = z.object({
  orderId: z.string(),
  orderIdGiven: z.boolean(),
  customerName: z.string(),
  customerEmail: text,
  priority: z.enum(keysOf(ORDER_PRIORITIES)),
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

const storedOrder = z.union([storedRequest, storedInvalid]);

/** The requests as a chunk keeps them. */
export function storeRequests(requests: readonly BatchedOrder[]): string {
  const common = { requestId: undefined, principal: undefined, batchId: undefined, idempotency: undefined };
  return JSON.stringify(
    requests.map((request) => (request instanceof InvalidOrder ? { invalid: request } : { ...request, ...common })),
  );
}

/** The orders of a chunk again. One that was damaged is an UnreadableOrder in its place; a chunk that is no list has none. */
export function readRequests(stored: unknown, batch: OrderBatch, firstIndex: number): BatchedOrder[] {
  if (!Array.isArray(stored)) return [];
  const { id: batchId, createdBy, requestId } = batch;
  const principal = Principal.parse(createdBy);
  return stored.map((each, offset): BatchedOrder => {
    const order = storedOrder.safeParse(each);
    if (!order.success) return unreadable(firstIndex + offset);
    if ('invalid' in order.data) return new InvalidOrder(order.data.invalid.message, order.data.invalid.problems);
    return { ...order.data, batchId, principal, requestId };
  });
}

/** What stands for an order of a batch that is not there any more, or not as it was. */
export function unreadable(index: number): UnreadableOrder {
  return new UnreadableOrder(`What was stored of order ${index} of the batch cannot be read.`);
}
