import * as fc from 'fast-check';
import { COMMIT_FAULTS } from '../support/commit-faults';

/** Which of the shop's products: the last one does not exist. */
export const PRODUCTS = 4;
export const APPS = 3;

/** Plain objects: those without a prototype, which are the default, print badly. */
const record = <Shape>(shape: { [Key in keyof Shape]: fc.Arbitrary<Shape[Key]> }) =>
  fc.record(shape, { noNullPrototype: true });

const orderIndex = fc.nat(30);
const few = fc.nat(3);

const request = record({
  lines: fc.array(record({ product: fc.nat(PRODUCTS), quantity: fc.integer({ min: 1, max: 6 }) }), {
    minLength: 1,
    maxLength: 3,
  }),
  key: fc.option(few, { nil: undefined, freq: 2 }),
  body: fc.constantFrom('one body', 'another body'),
  /** A client's own order id. */
  id: fc.option(few, { nil: undefined, freq: 4 }),
  reference: fc.option(few, { nil: undefined, freq: 4 }),
});

const ofOrder = <Name extends string>(name: Name) => record({ name: fc.constant(name), order: orderIndex });
const alone = <Name extends string>(name: Name) => record({ name: fc.constant(name) });

const wish = fc.oneof(
  {
    weight: 5,
    arbitrary: record({
      name: fc.constant('place' as const),
      requests: fc.array(request, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 3, arbitrary: ofOrder('cancel') },
  { weight: 1, arbitrary: ofOrder('putBack') },
  { weight: 1, arbitrary: ofOrder('fail') },
  { weight: 3, arbitrary: ofOrder('growOld') },
  // An event may be handled early, late and as often as it likes.
  {
    weight: 6,
    arbitrary: record({ name: fc.constant('handleEvent' as const), order: orderIndex, event: fc.nat(20) }),
  },
  { weight: 2, arbitrary: alone('sweep') },
  { weight: 1, arbitrary: alone('resume') },
  {
    weight: 2,
    arbitrary: record({
      name: fc.constant('adjust' as const),
      product: fc.nat(PRODUCTS - 1),
      type: fc.constantFrom('add' as const, 'remove' as const, 'set' as const, 'damage' as const),
      quantity: fc.integer({ min: 1, max: 12 }),
    }),
  },
);

/** Something that a client, a worker or the scheduler wants. Plain data, so that a counterexample can be read and made smaller. */
export type Wish = typeof wish extends fc.Arbitrary<infer Value> ? Value : never;

/** One after the other; some with a crash. */
export const oneByOne = fc.array(
  record({ wish, fault: fc.option(fc.constantFrom(...COMMIT_FAULTS), { nil: undefined, freq: 5 }) }),
  { minLength: 1, maxLength: 40, size: 'max' },
);

/** Several at the same moment, each in one of the processes. */
export const together = fc.array(
  fc.array(record({ wish, app: fc.nat(APPS - 1) }), { minLength: 1, maxLength: 4, size: 'max' }),
  { minLength: 1, maxLength: 15, size: 'max' },
);
