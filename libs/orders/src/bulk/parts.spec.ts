import { aPlacement, lines } from '../../../../test/support/factories';
import type { PlacementRequest } from '../placement/placement';
import { type BatchedOrder, InvalidOrder } from './batched-order';
import { partsOf } from './parts';

const some = (count: number, given: Partial<PlacementRequest> = {}) =>
  Array.from({ length: count }, () => aPlacement(given));
const sizes = (orders: readonly BatchedOrder[]) => [...partsOf(orders)].map((part) => part.orders.length);

describe('the parts of a batch', () => {
  it.each<[string, readonly BatchedOrder[], number[]]>([
    ['no orders', [], [0]],
    ['1,000 orders of two lines', some(1000, { lines: lines([1, 1], [2, 1]) }), [1000]],
    ['more orders than one transaction has', some(2001), [1000, 1000, 1]],
    ['orders of many lines', some(60, { lines: Array<never>(100).fill({} as never) }), [25, 25, 10]],
    [
      'orders of long texts',
      some(500, { notes: 'x'.repeat(2000), shippingAddress: 'x'.repeat(1000) }),
      [173, 173, 154],
    ],
    [
      'invalid orders with long names of fields',
      Array<InvalidOrder>(3).fill(new InvalidOrder('', [{ field: 'x'.repeat(300_000), code: '', message: '' }])),
      [1, 1, 1],
    ],
  ])('of %s are few enough for one statement each', (_, orders, expected) => {
    expect(sizes(orders)).toEqual(expected);
  });

  it('are all orders, in their order', () => {
    const orders = some(2001);
    const parts = [...partsOf(orders)];
    expect(parts.flatMap((part) => part.orders)).toEqual(orders);
    expect(parts.map(({ firstIndex }) => firstIndex)).toEqual([0, 1000, 2000]);
  });
});
