import { InsufficientStockError } from '@app/inventory';
import { BatchConflictError, BatchInvalidError, DuplicateOrderError, UnknownProductError } from '../errors';
import type { PlacementOutcome } from '../placement/placement';
import { applyPolicy, batchRejection, rejectionReason, toBatchResults } from './batch-results';

const placed = (id: string) =>
  ({ result: 'placed', placed: { order: { id }, lines: [] } }) as unknown as PlacementOutcome;
const short = (...items: number[]): PlacementOutcome => ({
  result: 'refused',
  error: new InsufficientStockError(
    items.map((item) => ({ field: `items[${item}].quantity`, code: 'insufficient_stock', message: 'short' })),
  ),
});
const unknown: PlacementOutcome = {
  result: 'refused',
  error: new UnknownProductError([{ field: 'items[0].product_id', code: 'unknown_product', message: 'unknown' }]),
};
const codes = (outcomes: readonly PlacementOutcome[]) =>
  outcomes.map((outcome) => (outcome.result === 'refused' ? outcome.error.code : outcome.result));

describe('the policy of a batch', () => {
  it.each(['reject_all', 'reject_failed'] as const)('%s lets a batch without a refusal pass', (policy) => {
    const outcomes = [placed('a'), placed('b')];
    expect(applyPolicy(policy, outcomes)).toEqual({ isRejected: false, outcomes });
  });

  it('reject_all rejects every order when one is refused, each with its own error or its company', () => {
    const { isRejected, outcomes } = applyPolicy('reject_all', [placed('a'), short(0), placed('b')]);
    expect(isRejected).toBe(true);
    expect(codes(outcomes)).toEqual(['ORDER_BATCH_REJECTED', 'INVENTORY_INSUFFICIENT_STOCK', 'ORDER_BATCH_REJECTED']);
  });

  it('reject_failed rejects only what is refused, and everything when nothing is left', () => {
    const some = [placed('a'), short(0)];
    expect(applyPolicy('reject_failed', some)).toEqual({ isRejected: false, outcomes: some });
    const none = [short(0), unknown];
    expect(applyPolicy('reject_failed', none)).toEqual({ isRejected: true, outcomes: none });
  });

  it('names of a duplicate the order that exists, and none that is rejected itself', () => {
    const duplicates = ['there', 'a'].map((id): PlacementOutcome => ({
      result: 'refused',
      error: new DuplicateOrderError('external_reference', 'r', id),
    }));
    const batch = [placed('a'), ...duplicates];
    const named = (policy: 'reject_all' | 'reject_failed') =>
      toBatchResults(applyPolicy(policy, batch).outcomes).map(({ error }) => [error?.code, error?.orderId]);
    expect(named('reject_failed')).toEqual([
      [undefined, undefined],
      ['ORDER_DUPLICATE', 'there'],
      ['ORDER_DUPLICATE', 'a'],
    ]);
    expect(named('reject_all')).toEqual([
      ['ORDER_BATCH_REJECTED', undefined],
      ['ORDER_DUPLICATE', 'there'],
      ['ORDER_DUPLICATE', undefined],
    ]);
  });
});

describe('the results of a batch', () => {
  it('say of each order what became of it, with paths into the request', () => {
    expect(toBatchResults([placed('a'), short(1)], 16)).toEqual([
      { index: 16, orderId: 'a', error: null },
      {
        index: 17,
        orderId: null,
        error: {
          code: 'INVENTORY_INSUFFICIENT_STOCK',
          message: 'Insufficient stock for one or more items. Nothing was reserved.',
          errors: [{ field: 'orders[17].items[1].quantity', code: 'insufficient_stock', message: 'short' }],
        },
      },
    ]);
  });
});

describe('the rejection of a batch', () => {
  const reject = (outcomes: PlacementOutcome[]) =>
    batchRejection(applyPolicy('reject_all', outcomes).outcomes, 'the-batch');

  it('is invalid when any order can never be placed, a conflict otherwise', () => {
    const duplicate: PlacementOutcome = { result: 'refused', error: new DuplicateOrderError('order_id', 'x', 'x') };
    expect(reject([placed('a'), short(0), duplicate])).toBeInstanceOf(BatchConflictError);
    expect(reject([placed('a'), short(0), unknown])).toBeInstanceOf(BatchInvalidError);
  });

  it('names the fields that are to blame, and the batch', () => {
    const rejection = reject([placed('a'), short(0, 2), unknown]);
    expect(rejection.fields.map(({ field }) => field)).toEqual([
      'orders[1].items[0].quantity',
      'orders[1].items[2].quantity',
      'orders[2].items[0].product_id',
    ]);
    expect(rejection.message).toBe('2 of 3 orders cannot be placed. Nothing was placed.');
    expect(rejection.members).toEqual({ batch_id: 'the-batch' });
    expect(batchRejection([short(0)], null).members).toEqual({});
  });

  it('names at most 100 fields and says how many there are', () => {
    const rejection = reject(Array.from({ length: 60 }, () => short(0, 1)));
    expect(rejection.fields).toHaveLength(100);
    expect(rejection.message).toBe(
      '60 of 60 orders cannot be placed. Nothing was placed. The first 100 of 120 problems are listed.',
    );
  });

  it('counts the orders that are to blame, not those in their company', () => {
    expect(rejectionReason(applyPolicy('reject_all', [placed('a'), placed('b'), short(0)]).outcomes)).toMatch(
      /^1 of 3/,
    );
  });
});
