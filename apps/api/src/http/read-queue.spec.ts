import Fastify, { type FastifyInstance } from 'fastify';
import { loadConfig } from '@app/platform';
import { addReadQueue } from './read-queue';

const CONNECTIONS = 10;

describe('the queue of those who read', () => {
  let fastify: FastifyInstance;
  /** Lets the oldest read end that is being answered. */
  let answers: (() => void)[];

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    answers = [];
    fastify = Fastify();
    addReadQueue(
      fastify,
      loadConfig({ DATABASE_URL: 'postgres://localhost/orders', DB_POOL_SIZE: String(CONNECTIONS) }),
    );
    for (const route of ['/api/costly', '/api/cheap'])
      fastify.get(route, () => new Promise((resolve) => answers.push(() => resolve('read'))));
    fastify.post('/api/orders', () => 'placed');
  });
  afterEach(async () => {
    jest.useRealTimers();
    await fastify.close();
  });

  const read = (url: string, remoteAddress = '1.1.1.1') => fastify.inject({ url, remoteAddress });
  const write = () => fastify.inject({ method: 'POST', url: '/api/orders' });
  /** Requests have come as far as they can. */
  const settled = async () => {
    for (let turns = 0; turns < 20; turns++) await new Promise(setImmediate);
  };
  const readFor = async (url: string, ms: number) => {
    const reading = read(url);
    await settled();
    jest.advanceTimersByTime(ms);
    answers.shift()!();
    await reading;
  };
  const writeAfterALongRead = async () => {
    await readFor('/api/costly', 30);
    await write();
  };
  const begun = async (url: string, count: number, address?: string) => {
    const before = answers.length;
    const reading = Array.from({ length: count }, () => read(url, address));
    await settled();
    return { begun: answers.length - before, reading };
  };
  const finish = async (reading: readonly PromiseLike<unknown>[]) => {
    let isFinished = false;
    const all = Promise.all(reading).then(() => (isFinished = true));
    for (; !isFinished; await settled()) {
      answers.shift()?.();
      jest.advanceTimersByTime(50);
    }
    await all;
  };

  it('answers half as many as there are connections at once', async () => {
    const { begun: count, reading } = await begun('/api/cheap', CONNECTIONS);
    expect(count).toBe(5);
    await finish(reading);
  });

  it('answers one long read at once while somebody writes, and short ones beside it', async () => {
    await writeAfterALongRead();
    const costly = await begun('/api/costly', 4);
    const cheap = await begun('/api/cheap', 4);
    const others = await begun('/api/costly', 1, '2.2.2.2');
    expect([costly.begun, cheap.begun, others.begun]).toEqual([1, 4, 0]);
    await finish([...costly.reading, ...cheap.reading, ...others.reading]);
  });

  it('answers as many long reads as short ones when nobody has written for 100 ms', async () => {
    await writeAfterALongRead();
    jest.advanceTimersByTime(99);
    const waiting = await begun('/api/costly', 2);
    expect(waiting.begun).toBe(1);
    jest.advanceTimersByTime(1);
    const costly = await begun('/api/costly', 3);
    // With the one that has waited.
    expect(costly.begun).toBe(4);
    answers.shift()!();
    await settled();
    expect(answers).toHaveLength(4);
    await finish([...waiting.reading, ...costly.reading]);
  });

  it('rests after a long read three times as long as it took, while somebody writes', async () => {
    await writeAfterALongRead();
    const { reading } = await begun('/api/costly', 2);
    jest.advanceTimersByTime(40);
    answers.shift()!();
    await settled();
    for (let rested = 0; rested < 119; rested++) {
      if (rested % 50 === 0) await write();
      jest.advanceTimersByTime(1);
    }
    await settled();
    expect(answers).toHaveLength(0);
    jest.advanceTimersByTime(1);
    await settled();
    expect(answers).toHaveLength(1);
    await finish(reading);
  });

  it('lets neither kind wait for ever while the other one comes', async () => {
    await writeAfterALongRead();
    const long = await begun('/api/costly', 3);
    const short = await begun('/api/cheap', 8);
    expect([long.begun, short.begun]).toEqual([1, 4]);
    await finish([...long.reading, ...short.reading]);
  });
});
