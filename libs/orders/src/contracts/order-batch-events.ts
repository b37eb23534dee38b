import { defineEvent } from '@app/messaging';
import { z } from 'zod';

/** Payload of the events of order batches: which one to work on. */
export const orderBatchEventPayload = z.object({
  batch_id: z.uuid(),
  total_orders: z.number().int().positive(),
});
export type OrderBatchEventPayload = z.infer<typeof orderBatchEventPayload>;

/** A bulk request is stored and waits for a worker to place its orders. */
export const OrderBatchAccepted = defineEvent('order_batch.accepted.v1', orderBatchEventPayload);
/** A batch that did not get any further for too long is sent to the queue once more. */
export const OrderBatchRequeued = defineEvent('order_batch.requeued.v1', orderBatchEventPayload);
