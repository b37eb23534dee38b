import type { FieldError } from '@app/platform';
import { BatchConflictError, BatchedOrderRejectedError, BatchInvalidError, DuplicateOrderError } from '../errors';
import type { PlacementOutcome } from '../placement/placement';
import type { BatchResult, ErrorPolicy } from './order-batch';

/** Fields that one answer names at most. */
const FIELDS_MAX = 100;
/** Fields that the result of one order names at most: 1,000 orders of 100 short lines would make an answer of 15 MB. */
const FIELDS_OF_ORDER_MAX = 20;

/**
 * What the policy makes of decided orders. A batch of which nothing may be placed, or nothing can be, is rejected: every order
 * then has its own error, or that of being in company with one.
 */
export function applyPolicy(
  policy: ErrorPolicy,
  decided: readonly PlacementOutcome[],
): { isRejected: boolean; outcomes: readonly PlacementOutcome[] } {
  const refused = decided.filter(({ result }) => result === 'refused').length;
  if (refused === 0 || (policy === 'reject_failed' && refused < decided.length))
    return { isRejected: false, outcomes: decided };
  const unplaced = new Set(decided.flatMap((outcome) => (outcome.result === 'placed' ? outcome.placed.order.id : [])));
  const outcomes = decided.map((outcome): PlacementOutcome => {
    if (outcome.result !== 'refused') return { result: 'refused', error: new BatchedOrderRejectedError() };
    const { error } = outcome;
    const namesUnplaced = error instanceof DuplicateOrderError && unplaced.has(String(error.members.order_id));
    return namesUnplaced ? { result: 'refused', error: error.withoutOrder() } : outcome;
  });
  return { isRejected: true, outcomes };
}

/** One result per order; `firstIndex` is the place of the first one in the batch. */
export function toBatchResults(outcomes: readonly PlacementOutcome[], firstIndex = 0): BatchResult[] {
  return outcomes.map((outcome, offset) => {
    const index = firstIndex + offset;
    if (outcome.result === 'placed') return { index, orderId: outcome.placed.order.id, error: null };
    if (outcome.result === 'replayed') return { index, orderId: outcome.orderId, error: null };
    const { code, fields, members } = outcome.error;
    const isCut = fields.length > FIELDS_OF_ORDER_MAX;
    const message = `${outcome.error.message}${isCut ? ` The first ${FIELDS_OF_ORDER_MAX} of ${fields.length} problems are listed.` : ''}`;
    const place = `orders[${index}]`;
    // What is no order at all has no fields.
    const errors = fields.slice(0, FIELDS_OF_ORDER_MAX).map((problem) => ({
      ...problem,
      field: problem.field ? `${place}.${problem.field}` : place,
    }));
    const { order_id: orderId } = members;
    return {
      index,
      orderId: null,
      error: { code, message, errors, ...(typeof orderId === 'string' && { orderId }) },
    };
  });
}

/** Why nothing of a batch was placed, with the fields that are to blame. */
export function batchRejection(
  outcomes: readonly PlacementOutcome[],
  batchId: string | null,
): BatchInvalidError | BatchConflictError {
  const errors = outcomes.flatMap((outcome) => (outcome.result === 'refused' ? [outcome.error] : []));
  const isInvalid = errors.some(({ kind }) => kind === 'invalid');
  const Rejection = isInvalid ? BatchInvalidError : BatchConflictError;
  const fields = fieldsToBlame(toBatchResults(outcomes));
  const message = rejectionReason(outcomes);
  const bounded = fields.length > FIELDS_MAX ? ` The first ${FIELDS_MAX} of ${fields.length} problems are listed.` : '';
  return new Rejection(message + bounded, fields.slice(0, FIELDS_MAX), batchId);
}

/** The same in one sentence, for the batch's record. */
export function rejectionReason(outcomes: readonly PlacementOutcome[]): string {
  const guilty = outcomes.filter(
    (outcome) => outcome.result === 'refused' && !(outcome.error instanceof BatchedOrderRejectedError),
  ).length;
  return `${guilty} of ${outcomes.length} orders cannot be placed. Nothing was placed.`;
}

function fieldsToBlame(results: readonly BatchResult[]): FieldError[] {
  return results.flatMap(({ error }) => error?.errors ?? []);
}
