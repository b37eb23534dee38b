import { Order, OrderLine, ORDER_STATUSES } from '@app/orders';
import { placeSimpleOrderSchema, toItemField, toLines, toSimplePlacement } from './place-simple-order.dto';
import { toSimpleOrder, toSimpleStatus } from './simple-order.response';
import { TESTER } from '../../../../test/support/principals';

const order = (given: Partial<Order>) =>
  Object.assign(new Order(), {
    id: 'o',
    userId: 'user44',
    customerName: 'user44',
    status: 'pending',
    totalMinor: 9099,
    declaredTotalMinor: 9099,
    createdAt: new Date(0),
    ...given,
  });
const lines = (...pairs: [productId: number, quantity: number][]) =>
  pairs.map(([productId, quantity]) => Object.assign(new OrderLine(), { productId, quantity }));

describe('orders of simple clients', () => {
  it('add up repeated ids and write them out again', () => {
    expect(toLines([3, 1, 3, 3])).toEqual([
      { productId: 3, quantity: 3 },
      { productId: 1, quantity: 1 },
    ]);
    expect(toSimpleOrder(order({}), lines([3, 3], [1, 1])).item_ids).toEqual([3, 3, 3, 1]);
  });

  it('name each product once when there are too many units to write out', () => {
    expect(toSimpleOrder(order({}), lines([1, 1000])).item_ids).toHaveLength(1000);
    expect(toSimpleOrder(order({}), lines([1, 1000], [2, 1])).item_ids).toEqual([1, 2]);
  });

  it('tell the total that the client declared only when it differs', () => {
    expect(toSimpleOrder(order({}), [])).toEqual({
      order_id: 'o',
      user_id: 'user44',
      item_ids: [],
      total_amount: '90.99',
      status: 'PENDING',
      created_at: '1970-01-01T00:00:00.000Z',
    });
    expect(toSimpleOrder(order({ declaredTotalMinor: 1 }), [])).toMatchObject({ declared_total: '0.01' });
    expect(toSimpleOrder(order({ declaredTotalMinor: null }), [])).not.toHaveProperty('declared_total');
  });

  it('have a user for an order that was placed otherwise', () => {
    expect(toSimpleOrder(order({ userId: null, customerName: 'Ada' }), []).user_id).toBe('Ada');
  });

  it('know five states', () => {
    expect(ORDER_STATUSES.map((status) => [status, toSimpleStatus(status)])).toEqual([
      ['pending', 'PENDING'],
      ['processing', 'PROCESSING'],
      ['shipped', 'PROCESSING'],
      ['delivered', 'COMPLETED'],
      ['cancelled', 'CANCELLED'],
      ['failed', 'FAILED'],
    ]);
  });

  it.each([
    [90.99, 9099],
    [0, 0],
    [0.1 + 0.2, 30],
    [20.22 + 20.22 + 20.22, 6066],
    ['90.9', 9090],
    [1e12, 1e14],
  ])('take %s for %i minor units', (total_amount, minor) => {
    const body = placeSimpleOrderSchema.parse({ user_id: 'u', item_ids: [1], total_amount });
    expect(toSimplePlacement(body, TESTER, 'r')).toMatchObject({
      declaredTotalMinor: minor,
      customerName: 'u',
      userId: 'u',
    });
  });

  it('hear of problems by their own fields', () => {
    expect(toItemField('items[1].quantity', [7, 7, 9])).toBe('item_ids[2]');
    expect(toItemField('items[0].product_id', [7, 7, 9])).toBe('item_ids[0]');
    expect(toItemField('order_id', [7])).toBe('order_id');
  });
});
