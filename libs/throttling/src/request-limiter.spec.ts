import { setImmediate } from 'node:timers/promises';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { type Decision, RequestLimiter } from './request-limiter';

const HOUR = 3600;

/** No store is late however busy the machine is. */
const BOUNDS = { clientsMax: 1000, storeTimeoutMs: 600_000, now: () => 0 };

/** One store, and processes that count with it. */
function aStore({ requests = 100, windowSeconds = HOUR } = {}) {
  const limit = { requests, windowSeconds };
  const memory = new RateLimiterMemory({ points: requests, duration: windowSeconds });
  const store = {
    limit,
    asked: 0,
    fault: undefined as Error | undefined,
    isConnected: true,
    nowMs: 0,
    said: [] as string[],
    process: () =>
      new RequestLimiter(
        limit,
        {
          consume: async (client, count) => {
            store.asked++;
            if (store.fault) throw store.fault;
            await setImmediate();
            return memory.consume(client, count);
          },
        },
        () => store.isConnected,
        { onAway: () => store.said.push('away'), onBack: () => store.said.push('back') },
        { ...BOUNDS, now: () => store.nowMs },
      ),
  };
  return store;
}

const outcomes = async (decisions: Iterable<Decision | Promise<Decision>>) => {
  const counts: Record<string, number> = {};
  for (const decision of decisions) {
    const { outcome } = await decision;
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
};
const times = <T>(count: number, each: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => each(index));

describe('the limit of a client', () => {
  it.each([1, 7, 100, 199])('of %s requests is exact over two processes, in turn and at once', async (requests) => {
    for (const atOnce of [true, false]) {
      const store = aStore({ requests });
      const processes = [store.process(), store.process()];
      const decisions: (Decision | Promise<Decision>)[] = [];
      for (let index = 0; index < 3 * requests; index++) {
        const decision = processes[index % 2]!.take('192.0.2.7');
        decisions.push(atOnce ? decision : await decision);
      }
      expect(await outcomes(decisions)).toEqual({ allowed: requests, refused: 2 * requests });
    }
  });

  it('that is large leaves a hundredth unused at most, and asks the store for a hundredth of the requests', async () => {
    const store = aStore({ requests: 10_000 });
    const [one, other] = [store.process(), store.process()];
    await one.take('a');
    const { allowed = 0 } = await outcomes(times(12_000, () => other.take('a')));
    expect(allowed).toBeGreaterThanOrEqual(9_900);
    expect(allowed).toBeLessThanOrEqual(9_999);
    const patient = aStore({ requests: 10_000 });
    const process = patient.process();
    for (let index = 0; index < 10_000; index++) await process.take('a');
    expect(patient.asked).toBe(100);
  });

  it('says what is left and when it begins anew, and asks nobody while it is used up', async () => {
    const store = aStore({ requests: 2, windowSeconds: 60 });
    const process = store.process();
    const said = [await process.take('a'), await process.take('a'), await process.take('a'), await process.take('a')];
    expect(said).toEqual([
      { outcome: 'allowed', limit: store.limit, remaining: 1, resetSeconds: 60 },
      { outcome: 'allowed', limit: store.limit, remaining: 0, resetSeconds: 60 },
      { outcome: 'refused', limit: store.limit, remaining: 0, resetSeconds: 60 },
      { outcome: 'refused', limit: store.limit, remaining: 0, resetSeconds: 60 },
    ]);
    expect(store.asked).toBe(2);
    // What the process knew of the window is over with it; the store decides anew.
    store.nowMs += 61_000;
    expect((await process.take('a')).outcome).toBe('refused');
    expect(store.asked).toBe(3);
  });

  it('is not that of another client', async () => {
    const process = aStore({ requests: 1 }).process();
    expect(await outcomes(['a', 'b', 'a'].map((client) => process.take(client)))).toEqual({ allowed: 2, refused: 1 });
  });

  it('refuses nobody while the store does not answer, asks it now and then, and says so once', async () => {
    const store = aStore({ requests: 1 });
    const process = store.process();
    await process.take('a');
    expect((await process.take('a')).outcome).toBe('refused');
    store.fault = new Error('gone');
    expect(await outcomes(times(50, () => process.take('b')))).toEqual({ not_counted: 50 });
    expect((await process.take('a')).outcome).toBe('not_counted');
    expect(store.asked).toBe(2);
    store.nowMs += 5001;
    expect(await outcomes(times(50, (index) => process.take(`c${index}`)))).toEqual({ not_counted: 50 });
    expect(store.asked).toBe(3);
    store.nowMs += 5001;
    store.fault = undefined;
    expect((await process.take('d')).outcome).toBe('allowed');
    expect((await process.take('a')).outcome).toBe('refused');
    expect(store.said).toEqual(['away', 'back']);
  });

  it('refuses nobody while the store is known to be away, not even who had used it up', async () => {
    const store = aStore({ requests: 1 });
    const process = store.process();
    await process.take('a');
    store.isConnected = false;
    expect((await process.take('a')).outcome).toBe('not_counted');
    store.isConnected = true;
    expect((await process.take('a')).outcome).toBe('refused');
  });

  it('remembers so many clients and no more', async () => {
    const asked: string[] = [];
    const process = new RequestLimiter(
      { requests: 1000, windowSeconds: HOUR },
      {
        consume: async (client, count = 1) => {
          asked.push(String(client));
          return new RateLimiterRes(1000 - count, HOUR * 1000, count);
        },
      },
      () => true,
      { onAway: () => undefined, onBack: () => undefined },
      { ...BOUNDS, clientsMax: 100 },
    );
    for (let index = 0; index < 100; index++) await process.take(`client ${index}`);
    asked.length = 0;
    await process.take('client 0');
    expect(asked).toEqual([]);
    await process.take('one more');
    await process.take('client 1');
    expect(asked).toEqual(['one more']);
    await process.take('client 0');
    expect(asked).toEqual(['one more', 'client 0']);
  });
});
