import { InvalidOrder, ORDERS_PER_BATCH_MAX } from '@app/orders';
import { InvalidInputError } from '@app/platform';
import { fingerprintOfList } from '../http/idempotency-key';
import { validationPipe } from '../http/validation';
import { type BulkCreateBody, bulkCreateSchema, refuseLongDryRun, toBatchedOrders } from './bulk-create.dto';
import { TESTER } from '../../../../test/support/principals';

const order = (given: object = {}) => ({
  customer_name: 'Ada',
  customer_email: 'ada@example.com',
  items: [{ product_id: 1, quantity: 1 }],
  ...given,
});
const check = (body: unknown) =>
  validationPipe.transform(body, { type: 'body', schema: bulkCreateSchema } as never) as Promise<BulkCreateBody>;
const problemsOf = async (body: unknown) => {
  const error = await check(body).catch((thrown: unknown) => thrown);
  if (!(error instanceof InvalidInputError)) throw new Error('it was accepted');
  return error;
};
const fieldsOf = async (body: unknown) =>
  (await problemsOf(body)).fields.map(({ field, message }) => `${field}: ${message}`);

describe('the body of a bulk request', () => {
  it('is checked with defaults, like a single order', async () => {
    expect(await check({ orders: [order({ customer_name: ' Ada ' })] })).toEqual({
      orders: [order({ priority: 'normal' })],
      error_policy: 'reject_all',
      dry_run: false,
    });
  });

  it.each<[string, unknown, string[]]>([
    ['no orders', { orders: [] }, ['orders: At least one order is required.']],
    ['orders missing', {}, ['orders: Is required.']],
    [
      'another policy',
      { orders: [order()], error_policy: 'ignore' },
      ['error_policy: Must be one of: reject_all, reject_failed.'],
    ],
    [
      'a field that does not exist',
      { orders: [order()], dryrun: true },
      ['dryrun: There is no such field. Remove it, or check its spelling.'],
    ],
    [
      'problems of several orders',
      {
        orders: [
          order(),
          order({ items: [{ product_id: 1, quantity: 0 }] }),
          order({ customer_email: 'x', colour: 'red' }),
          'order',
        ],
      },
      [
        'orders[1].items[0].quantity: Quantity must be at least 1.',
        'orders[2].customer_email: Must have at least 3 characters.',
        'orders[2].colour: There is no such field. Remove it, or check its spelling.',
        'orders[3]: Must be an object.',
      ],
    ],
  ])('with %s says what is wrong', async (_, body, expected) => {
    expect(await fieldsOf(body)).toEqual(expect.arrayContaining(expected));
  });

  it('names orders of later slices by their place in the request', async () => {
    const orders = Array.from({ length: 450 }, (_, index) => order(index === 437 ? { items: [] } : {}));
    expect(await fieldsOf({ orders })).toEqual(['orders[437].items: At least one item is required.']);
  });

  it('names at most 100 problems and says that there are more', async () => {
    const error = await problemsOf({ orders: Array.from({ length: 2000 }, () => order({ items: [] })) });
    expect(error.fields).toHaveLength(100);
    expect(error.message).toBe('The request is not valid. Its first 100 problems are listed.');
  });

  it('has at most 50,000 orders', async () => {
    const orders = Array.from({ length: ORDERS_PER_BATCH_MAX + 1 }, () => order());
    expect(await fieldsOf({ orders })).toEqual(['orders: At most 50000 orders are allowed.']);
  });

  it('lets others run while 50,000 orders are checked', async () => {
    let turns = 0;
    const count = setInterval(() => turns++, 0);
    await check({ orders: Array.from({ length: ORDERS_PER_BATCH_MAX }, () => order()) });
    clearInterval(count);
    expect(turns).toBeGreaterThan(20);
  });

  it('makes one placement of each order', async () => {
    const body = await check({ orders: [order({ external_reference: 'a' }), order({ external_reference: 'b' })] });
    const requests = await toBatchedOrders(body, TESTER, 'request-1');
    expect(requests).toMatchObject([
      { externalReference: 'a', requestId: 'request-1' },
      { externalReference: 'b', requestId: 'request-1' },
    ]);
  });

  describe('that rejects only what fails', () => {
    const keeping = async (orders: unknown[]) =>
      toBatchedOrders(await check({ orders, error_policy: 'reject_failed' }), TESTER, 'request-1');

    it('keeps an order that is wrong in its place, with what is wrong', async () => {
      const [first, wrong, none, last] = await keeping([
        order(),
        order({ items: [{ product_id: 1, quantity: 0 }], colour: 'red' }),
        'order',
        order(),
      ]);
      expect([first, last]).toMatchObject([{ customerName: 'Ada' }, { customerName: 'Ada' }]);
      expect(wrong).toEqual(
        new InvalidOrder('The order is not valid.', [
          { field: 'items[0].quantity', code: 'too_small', message: 'Quantity must be at least 1.' },
          {
            field: 'colour',
            code: 'unknown_field',
            message: 'There is no such field. Remove it, or check its spelling.',
          },
        ]),
      );
      expect(none).toEqual(
        new InvalidOrder('The order is not valid.', [
          { field: '', code: 'invalid_type', message: 'Must be an object.' },
        ]),
      );
    });

    it('names at most 20 problems of one order and 10,000 of all, and at least one of each', async () => {
      const worst = order({ items: Array.from({ length: 100 }, (_, id) => ({ product_id: id + 1, quantity: 0 })) });
      const orders = (await keeping(Array<unknown>(600).fill(worst))) as InvalidOrder[];
      expect(orders[0]!.message).toBe('The order is not valid. The first 20 of 100 problems are listed.');
      expect([0, 499, 500, 599].map((index) => orders[index]!.problems.length)).toEqual([20, 20, 1, 1]);
    });

    it.each([
      ['no orders', { orders: [] }],
      ['a field that does not exist', { orders: [order()], dryrun: true }],
      ['a wrong dry_run', { orders: [order({ items: [] })], dry_run: 'yes' }],
    ])('is refused whole with %s', async (_, body) => {
      expect(await fieldsOf({ ...body, error_policy: 'reject_failed' })).toHaveLength(1);
    });

    it('has the same fingerprint when it is repeated, and another one when what is wrong was changed', async () => {
      const fingerprint = async (quantity: number) =>
        fingerprintOfList(
          'test',
          await check({ orders: [order({ items: [{ product_id: 1, quantity }] })], error_policy: 'reject_failed' }),
          'orders',
        );
      expect(await fingerprint(0)).toBe(await fingerprint(0));
      expect(await fingerprint(0)).not.toBe(await fingerprint(-1));
    });
  });

  it('is no dry run of more orders than are answered at once', async () => {
    const body = { orders: Array.from({ length: 1001 }, () => order()), error_policy: 'reject_all', dry_run: true };
    expect(() => refuseLongDryRun(body as BulkCreateBody)).toThrow(InvalidInputError);
    expect(() => refuseLongDryRun({ ...body, dry_run: false } as BulkCreateBody)).not.toThrow();
  });
});
