import type { FieldError, Principal } from '@app/platform';
import type { BatchStatus } from './batch-status';
import type { BatchedOrder } from './batched-order';

/** Orders of one transaction at most: a bulk request is answered at once up to here, and a chunk of a larger one has as many. */
export const ORDERS_PER_TRANSACTION_MAX = 1000;
/** Orders of one bulk request at most. */
export const ORDERS_PER_BATCH_MAX = 50_000;

/** What an order that cannot be placed means for the others: none is placed, or only it is not. */
export const ERROR_POLICIES = ['reject_all', 'reject_failed'] as const;
export type ErrorPolicy = (typeof ERROR_POLICIES)[number];

/** A bulk request and how far it is. */
export interface OrderBatch {
  id: string;
  status: BatchStatus;
  errorPolicy: ErrorPolicy;
  totalOrders: number;
  successfulOrders: number;
  failedOrders: number;
  failureReason: string | null;
  /** The text of the principal that sent it. */
  createdBy: string;
  requestId: string;
  createdAt: Date;
  completedAt: Date | null;
}

/** What became of one order of a batch: it was placed, or this is why not. */
export interface BatchResult {
  /** Its place in the request, from 0. */
  index: number;
  orderId: string | null;
  error: BatchedOrderError | null;
}

export interface BatchedOrderError {
  code: string;
  message: string;
  /** Fields as paths into the bulk request: `orders[17].items[0].quantity`. */
  errors: FieldError[];
  /** Of the order that exists already. */
  orderId?: string;
}

/** A bulk request, checked for its form only. */
export interface BatchRequest<Answer> {
  /** Made by the caller, so that a retry writes the same batch. */
  batchId: string;
  requests: readonly BatchedOrder[];
  errorPolicy: ErrorPolicy;
  requestId: string;
  principal: Principal;
  /** How the repeated bulk request is recognised and answered; `render` renders its reply once. */
  idempotency?: { key: string; fingerprint: string; render: (answer: Answer) => string };
}

/** The answer to a bulk request: this one's, or the stored one of the request that it repeats. */
export type BatchReply<Answer> =
  { result: 'new'; answer: Answer; reply?: string } | { result: 'replayed'; batchId: string; reply: string };
