import { canTransition, reservesStock, isFinal, ORDER_STATUSES, type OrderStatus, stockEffect } from './order-status';

/** The whole table once more, pair by pair, so that no edit of one goes unnoticed. */
const ALLOWED = new Map<string, 'none' | 'fulfill' | 'release'>([
  ['pending → processing', 'none'],
  ['pending → cancelled', 'release'],
  ['pending → failed', 'release'],
  ['processing → shipped', 'fulfill'],
  ['processing → pending', 'none'],
  ['processing → cancelled', 'release'],
  ['processing → failed', 'release'],
  ['shipped → delivered', 'none'],
  ['shipped → failed', 'none'],
]);

const PAIRS = ORDER_STATUSES.flatMap((from) => ORDER_STATUSES.map((to): [OrderStatus, OrderStatus] => [from, to]));

describe('order status', () => {
  it.each(PAIRS)('%s → %s is as the design says', (from, to) => {
    const effect = canTransition(from, to) ? stockEffect(from, to) : undefined;
    expect(effect).toBe(ALLOWED.get(`${from} → ${to}`));
  });

  it('ends in delivered, cancelled and failed, and none of them holds stock', () => {
    const final = ORDER_STATUSES.filter(isFinal);
    expect(final).toEqual(['delivered', 'cancelled', 'failed']);
    expect(final.some(reservesStock)).toBe(false);
  });

  it('resolves the stock exactly once on every way from pending to an end', () => {
    const walk = (status: OrderStatus, effects: string[], seen: OrderStatus[]): string[][] =>
      isFinal(status)
        ? [effects]
        : ORDER_STATUSES.filter((to) => canTransition(status, to) && !seen.includes(to)).flatMap((to) =>
            walk(
              to,
              [...effects, stockEffect(status, to)].filter((effect) => effect !== 'none'),
              [...seen, to],
            ),
          );
    const ways = walk('pending', [], ['pending']);
    expect(ways.length).toBeGreaterThan(4);
    for (const effects of ways) expect(effects).toHaveLength(1);
  });
});
