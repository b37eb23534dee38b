import { sendOrders, type Sent } from './send-orders';
import type { PlacementAnswer } from './shop-api';

const LOAD = { customerEmail: 'load-1@example.com', orders: 100, concurrency: 7, delayMs: 0 };
const shelf = { fillBasket: () => [{ product_id: 1, quantity: 1 }] };

function anApi(answer: (request: number) => PlacementAnswer) {
  const seen = { keys: new Set<string>(), atOnce: 0, atOnceMax: 0 };
  const placeOrder = async (_: string, __: unknown, key: string) => {
    seen.keys.add(key);
    seen.atOnceMax = Math.max(seen.atOnceMax, ++seen.atOnce);
    await new Promise((resolve) => setImmediate(resolve));
    seen.atOnce--;
    return answer(seen.keys.size);
  };
  return { seen, placeOrder };
}

describe('sendOrders', () => {
  it('sends each order once, with a key of its own, by so many clients at a time', async () => {
    let orderId = 0;
    const api = anApi(() => ({ result: 'created', orderId: `order-${orderId++}`, ms: 1 }));
    const sent = await sendOrders(api, shelf, LOAD, () => undefined, new AbortController().signal);
    expect([sent.createdIds.size, api.seen.keys.size, api.seen.atOnceMax]).toEqual([100, 100, 7]);
    expect(sent.latenciesMs).toHaveLength(100);
  });

  it('tells refusals from failures and counts their reasons', async () => {
    const api = anApi((request) =>
      request % 2 === 0
        ? { result: 'rejected', reason: '409 X', ms: 1 }
        : { result: 'failed', reason: 'ECONNRESET', ms: 1 },
    );
    const sent = await sendOrders(
      api,
      shelf,
      { ...LOAD, concurrency: 1 },
      () => undefined,
      new AbortController().signal,
    );
    expect([sent.createdIds.size, sent.rejected, sent.failed]).toEqual([0, 50, 50]);
    expect(sent.reasons).toEqual(
      new Map([
        ['ECONNRESET', 50],
        ['409 X', 50],
      ]),
    );
  });

  it('stops sending when it is interrupted and keeps what came of the requests under way', async () => {
    const controller = new AbortController();
    let orderId = 0;
    const api = anApi(() => ({ result: 'created', orderId: `order-${orderId++}`, ms: 1 }));
    const stopAtTen = ({ createdIds }: Sent) => createdIds.size === 10 && controller.abort();
    const sent = await sendOrders(api, shelf, { ...LOAD, delayMs: 1 }, stopAtTen, controller.signal);
    expect(sent.createdIds.size).toBe(api.seen.keys.size);
    expect(sent.createdIds.size).toBeLessThan(10 + LOAD.concurrency);
  });
});
