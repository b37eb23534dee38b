import {
  BATCH_STATUSES,
  type BatchedOrderError,
  type BatchResult,
  BatchStatus,
  ERROR_POLICIES,
  type OrderBatch,
  type PlacedBatch,
} from '@app/orders';
import { z } from 'zod';
import { type Page, pageSchema } from '../http/paging';

const batchId = z.uuid().meta({ example: '0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c22' });
const orderId = z.uuid().meta({ example: '0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11' });
const count = z.number().int().min(0);
const time = z.iso.datetime().meta({ example: '2026-11-20T10:00:00.000Z' });

const PLACED = { index: 0, order_id: '0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11' };
const INVALID = {
  index: 1,
  error: {
    code: 'VALIDATION_FAILED',
    message: 'The order is not valid.',
    errors: [
      {
        field: 'orders[1].items',
        code: 'invalid_value',
        message: 'Duplicate products are not allowed in the same order.',
      },
    ],
  },
};

const batchResultSchema = z
  .object({
    index: count.meta({ example: 0, description: 'The place of the order in the request, from 0.' }),
    order_id: orderId.optional().meta({ description: 'When it was placed.' }),
    error: z
      .object({
        code: z.string().meta({ example: 'INVENTORY_INSUFFICIENT_STOCK' }),
        message: z.string(),
        errors: z.array(
          z.object({
            field: z.string().meta({ example: 'orders[17].items[0].quantity' }),
            code: z.string().meta({ example: 'insufficient_stock' }),
            message: z.string().meta({ example: 'Insufficient stock for Laptop. Available: 3, Requested: 5' }),
          }),
        ),
        order_id: orderId.optional().meta({ description: 'Of a duplicate: the order that exists already.' }),
      })
      .optional()
      .meta({ description: 'When it was not.' }),
  })
  .meta({ id: 'OrderBatchResult', example: PLACED });

/** Answer to a bulk request that was done at once. */
export const bulkCreatedSchema = z
  .object({
    batch_id: batchId.nullable().meta({ description: 'Null for a dry run: there is no batch.' }),
    order_ids: z.array(orderId).meta({ description: 'The orders that were placed, in request order.' }),
    total_orders: count.meta({ example: 2 }),
    successful_orders: count.meta({ example: 2 }),
    failed_orders: count.meta({ example: 0 }),
    status: z.enum([BatchStatus.success, BatchStatus.partial]),
    results: z.array(batchResultSchema).meta({ description: 'One per order, in request order.' }),
  })
  .meta({
    id: 'BulkCreated',
    example: {
      batch_id: '0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c22',
      order_ids: [PLACED.order_id],
      total_orders: 2,
      successful_orders: 1,
      failed_orders: 1,
      status: BatchStatus.partial,
      results: [PLACED, INVALID],
    },
  });
export type BulkCreatedResponse = z.infer<typeof bulkCreatedSchema>;

export const orderBatchSchema = z
  .object({
    batch_id: batchId,
    status: z.enum(BATCH_STATUSES).meta({ example: BatchStatus.processing }),
    error_policy: z.enum(ERROR_POLICIES).meta({ example: 'reject_failed' }),
    total_orders: count.meta({ example: 5000 }),
    processed_orders: count.meta({ example: 2000 }),
    successful_orders: count.meta({ example: 1990 }),
    failed_orders: count.meta({ example: 10 }),
    progress_percent: z.number().min(0).max(100).meta({ example: 40 }),
    failure_reason: z.string().nullable(),
    created_at: time,
    completed_at: time.nullable(),
    results: pageSchema(batchResultSchema, 'OrderBatchResultPage'),
  })
  .meta({ id: 'OrderBatch' });
export type OrderBatchResponse = z.infer<typeof orderBatchSchema>;
export type BatchResultResponse = z.infer<typeof batchResultSchema>;

export function toBulkCreated({ batchId, results }: PlacedBatch): BulkCreatedResponse {
  const orderIds = results.flatMap(({ orderId }) => orderId ?? []);
  return {
    batch_id: batchId,
    order_ids: orderIds,
    total_orders: results.length,
    successful_orders: orderIds.length,
    failed_orders: results.length - orderIds.length,
    status: orderIds.length === results.length ? BatchStatus.success : BatchStatus.partial,
    results: results.map(toBatchResult),
  };
}

export function toBatchResult({ index, orderId, error }: BatchResult): BatchResultResponse {
  if (error === null) return { index, order_id: orderId! };
  return { index, error: toResultError(error) };
}

function toResultError({ code, message, errors, orderId }: BatchedOrderError): BatchResultResponse['error'] {
  return { code, message, errors, ...(orderId !== undefined && { order_id: orderId }) };
}

export function toOrderBatch(batch: OrderBatch, results: Page<BatchResultResponse>): OrderBatchResponse {
  const processed = batch.successfulOrders + batch.failedOrders;
  return {
    batch_id: batch.id,
    status: batch.status,
    error_policy: batch.errorPolicy,
    total_orders: batch.totalOrders,
    processed_orders: processed,
    successful_orders: batch.successfulOrders,
    failed_orders: batch.failedOrders,
    progress_percent: Math.floor((processed * 1000) / batch.totalOrders) / 10,
    failure_reason: batch.failureReason,
    created_at: batch.createdAt.toISOString(),
    completed_at: batch.completedAt?.toISOString() ?? null,
    results,
  };
}
