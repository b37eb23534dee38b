import { followOrders, tallyOrders } from './follow-orders';
import type { ListedOrder } from './shop-api';

const NEVER = new AbortController().signal;

function order(id: string, status: ListedOrder['status'], placedSecond: number, sinceSecond: number): ListedOrder {
  const at = (second: number) => new Date(Date.UTC(2026, 10, 20, 10, 0, second)).toISOString();
  return { order_id: id, status, created_at: at(placedSecond), current_state_since: at(sinceSecond) };
}

async function* listed(...orders: ListedOrder[]) {
  yield* orders;
}

describe('followOrders', () => {
  it('ends when nothing is on its way any more, across an API that is away for a while', async () => {
    const answers = [{ count: 2, isCapped: false }, new Error('No API answers'), { count: 0, isCapped: false }];
    const countUnfinished = async () => {
      const answer = answers.shift()!;
      if (answer instanceof Error) throw answer;
      return answer;
    };
    const states: string[] = [];
    expect(await followOrders({ countUnfinished }, 'a@b.c', 10_000, (state) => states.push(state), NEVER)).toBe(
      'all_final',
    );
    expect(states).toEqual(['2 on their way', 'No API answers']);
  });

  it('gives up when the time is up', async () => {
    const countUnfinished = async () => ({ count: 10_000, isCapped: true });
    expect(await followOrders({ countUnfinished }, 'a@b.c', -1, () => undefined, NEVER)).toBe('timed_out');
  });

  it('ends at once when it is interrupted', async () => {
    const controller = new AbortController();
    const countUnfinished = async () => ({ count: 1, isCapped: false });
    const stop = () => controller.abort();
    expect(await followOrders({ countUnfinished }, 'a@b.c', 10_000, stop, controller.signal)).toBe('interrupted');
  });
});

describe('tallyOrders', () => {
  it('counts by status and measures deliveries by the times of the server', async () => {
    const orders = listed(order('a', 'delivered', 0, 4), order('b', 'delivered', 2, 9), order('c', 'failed', 1, 30));
    expect(await tallyOrders(orders, new Set(['a', 'b', 'c']))).toEqual({
      byStatus: new Map([
        ['delivered', 2],
        ['failed', 1],
      ]),
      lost: [],
      unacknowledged: 0,
      deliveryMs: [4000, 7000],
      untilLastDeliveryMs: 9000,
    });
  });

  it('finds orders that were acknowledged and are gone, and orders that nobody was told of', async () => {
    const tally = await tallyOrders(listed(order('b', 'pending', 0, 0)), new Set(['a']));
    expect(tally).toMatchObject({ lost: ['a'], unacknowledged: 1, untilLastDeliveryMs: undefined });
  });
});
