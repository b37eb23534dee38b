import { StateTable } from '@app/platform';

/**
 * Which state an order batch can go to from which. One that is stored for a worker begins as pending; one that is answered at once
 * is written when it has ended. The database has the same names in a CHECK.
 */
export const BATCH_TRANSITIONS = {
  /** Stored; no worker has begun. */
  pending: ['processing'],
  /** Begun; it stays here until its last order is placed or refused. */
  processing: ['success', 'partial', 'failed'],
  /** All orders were placed. */
  success: [],
  /** Some were placed. */
  partial: [],
  /** None was, or the batch was given up: the reason says which. */
  failed: [],
} as const satisfies Record<string, readonly string[]>;

export type BatchStatus = keyof typeof BATCH_TRANSITIONS;

export const BATCH_STATES = new StateTable<BatchStatus>(BATCH_TRANSITIONS);

/** Each status by its name, for code and for SQL. */
export const BatchStatus = BATCH_STATES.names;
export const BATCH_STATUSES = BATCH_STATES.states;

/** Orders of a batch in one of these states wait for a worker. */
export const BATCHES_UNDER_WAY = BATCH_STATUSES.filter((status) => !BATCH_STATES.isFinal(status));

/** What a batch is when so many of its orders were placed and so many refused. */
export function batchStatusAfter(totalOrders: number, successfulOrders: number, failedOrders: number): BatchStatus {
  if (successfulOrders + failedOrders < totalOrders) return 'processing';
  if (failedOrders === 0) return 'success';
  return successfulOrders === 0 ? 'failed' : 'partial';
}
