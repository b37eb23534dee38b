import { loadConfig } from '@app/platform';
import fastify, { type FastifyInstance } from 'fastify';
import { addReadQueue } from './read-queue';

describe('requests that read', () => {
  let app: FastifyInstance;
  let begun: (() => void)[];

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'clearImmediate', 'queueMicrotask'] });
    begun = [];
    app = fastify();
    addReadQueue(
      app,
      loadConfig({ NODE_ENV: 'test', DATABASE_URL: 'postgres://nobody@localhost/none', DB_POOL_SIZE: '10' }),
    );
    app.get('/api/list', () => new Promise<string>((resolve) => begun.push(() => resolve('read'))));
    app.get('/api/long-list', () => {
      jest.advanceTimersByTime(10);
      return 'x'.repeat(16 * 1024);
    });
    app.post('/api/list', () => 'written');
  });
  afterEach(async () => {
    jest.useRealTimers();
    await app.close();
  });

  const read = (count: number) => Array.from({ length: count }, () => app.inject('/api/list'));
  const turned = async () => {
    for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  const answer = async () => {
    for (const each of begun.splice(0)) each();
    await turned();
  };

  it('take half of the connections while nobody writes', async () => {
    const reads = read(7);
    await turned();
    expect(begun).toHaveLength(5);
    await answer();
    expect(begun).toHaveLength(2);
    await answer();
    expect((await Promise.all(reads)).every(({ body }) => body === 'read')).toBe(true);
  });

  it('take a fifth while somebody writes, and half again when nobody does any more', async () => {
    await app.inject({ method: 'POST', url: '/api/list' });
    const reads = read(10);
    await turned();
    expect(begun).toHaveLength(2);
    await answer();
    expect(begun).toHaveLength(2);
    jest.advanceTimersByTime(100);
    await answer();
    expect(begun).toHaveLength(5);
    await answer();
    await answer();
    await Promise.all(reads);
  });

  describe('whose answers are large', () => {
    const longList = (remoteAddress = '127.0.0.1') => {
      let isAnswered = false;
      void app.inject({ url: '/api/long-list', remoteAddress }).then(() => (isAnswered = true));
      return async () => {
        await turned();
        return isAnswered;
      };
    };
    const write = () => app.inject({ method: 'POST', url: '/api/list' });

    it('are answered at once while nobody writes', async () => {
      const answered = [longList(), longList(), longList()];
      expect(await Promise.all(answered.map((each) => each()))).toEqual([true, true, true]);
    });

    it('let their address rest three times as long as an answer took while somebody writes', async () => {
      await write();
      expect(await longList()()).toBe(true);
      const second = longList();
      jest.advanceTimersByTime(29);
      expect(await second()).toBe(false);
      jest.advanceTimersByTime(1);
      expect(await second()).toBe(true);
    });

    it('keep no other address waiting', async () => {
      await write();
      expect(await longList()()).toBe(true);
      const second = longList();
      expect(await longList('127.0.0.2')()).toBe(true);
      expect(await second()).toBe(false);
    });

    it('are answered to all that waited when somebody stops to write', async () => {
      await write();
      await longList()();
      const rest = [longList(), longList(), longList()];
      jest.advanceTimersByTime(100);
      expect(await Promise.all(rest.map((each) => each()))).toEqual([true, true, true]);
    });
  });
});
