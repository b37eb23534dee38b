import fc from 'fast-check';
import {
  compareFeedCursors,
  feedCursorBefore,
  type FeedCursor,
  formatFeedCursor,
  parseFeedCursor,
} from './feed-cursor';

const cursor = fc.record({
  tx: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
  version: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  id: fc.uuid(),
}) satisfies fc.Arbitrary<FeedCursor>;

describe('a cursor of the feed', () => {
  it('is the same after it was written and read', () => {
    fc.assert(fc.property(cursor, (given) => expect(parseFeedCursor(formatFeedCursor(given))).toEqual(given)));
  });

  it('comes before every event of its transaction and after all of earlier ones', () => {
    fc.assert(
      fc.property(cursor, (event) => {
        fc.pre(event.version > 0);
        expect(compareFeedCursors(feedCursorBefore(event.tx), event)).toBeLessThan(0);
        expect(compareFeedCursors(event, feedCursorBefore(event.tx + 1n))).toBeLessThan(0);
        expect(compareFeedCursors(event, event)).toBe(0);
      }),
    );
  });

  it.each([
    '',
    '1',
    '12-3',
    '-1-1-01900000-0000-7000-8000-000000000001',
    '1.5-1-01900000-0000-7000-8000-000000000001',
    '9223372036854775808-1-01900000-0000-7000-8000-000000000001',
    '1-2147483648-01900000-0000-7000-8000-000000000001',
    '1-1-01900000-0000-7000-8000-00000000000G',
    ' 1-1-01900000-0000-7000-8000-000000000001',
    '1-1-01900000-0000-7000-8000-000000000001\n',
  ])('is not what %j says', (text) => {
    expect(parseFeedCursor(text)).toBeUndefined();
  });
});
