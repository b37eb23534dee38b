import { InvalidInputError, UnavailableError } from '../errors/domain-error';
import { NoAnswerError } from './bounded-client';
import { GroupCommit } from './group-commit';

const OPTIONS = { group: 'test', batchSizeMax: 3, inFlightMax: 1, waitingMax: 100 };

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('group commit', () => {
  it('gives each caller its own result, in batches of what arrived together', async () => {
    const batches: number[][] = [];
    const group = new GroupCommit<number, number>(async (items) => {
      batches.push(items);
      return items.map((item) => item * 10);
    }, OPTIONS);
    await expect(Promise.all([1, 2, 3, 4, 5].map((item) => group.add(item)))).resolves.toEqual([10, 20, 30, 40, 50]);
    expect(batches).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
  });

  it('lets a second batch grow as large as the one that runs, but not wait for long', async () => {
    const batches: number[][] = [];
    const ends: (() => void)[] = [];
    const group = new GroupCommit<number, number>(
      async (items) => {
        batches.push(items);
        await new Promise<void>((end) => ends.push(end));
        return items;
      },
      { ...OPTIONS, batchSizeMax: 100, inFlightMax: 2 },
    );
    const add = (...items: number[]) => items.map((item) => group.add(item));
    const results = add(1, 2, 3);
    await turn();
    results.push(...add(4, 5));
    await turn();
    expect(batches).toEqual([[1, 2, 3]]);
    results.push(...add(6));
    await turn();
    expect(batches).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    results.push(...add(7));
    ends[0]!();
    // Fewer than what runs: nobody comes to join it, so only its patience lets it begin.
    while (batches.length < 3) await turn();
    for (const end of ends) end();
    await expect(Promise.all(results)).resolves.toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('begins the next batch before it tells the callers of the last, and tells them a few at a time', async () => {
    const log: string[] = [];
    const group = new GroupCommit<number, number>(
      async (items) => {
        log.push(`begins ${items.length}`);
        await turn();
        return items;
      },
      { ...OPTIONS, batchSizeMax: 100, waitingMax: 101 },
    );
    const told = Array.from({ length: 101 }, (_, item) => group.add(item).then(() => log.push('told')));
    await Promise.race(told);
    setImmediate(() => log.push('something else'));
    await Promise.all(told);
    await turn();
    expect(log.slice(0, 3)).toEqual(['begins 100', 'begins 1', 'told']);
    expect(log.indexOf('something else')).toBeLessThan(90);
    expect(log.filter((line) => line === 'told')).toHaveLength(101);
  });

  it('commits items of one key in the order in which they came, also where two batches may run', async () => {
    const log: string[] = [];
    const group = new GroupCommit<string, void>(
      async (items) => {
        log.push(`begins ${items.join()}`);
        await new Promise((resolve) => setImmediate(resolve));
        log.push(`ends ${items.join()}`);
        return items.map(() => undefined);
      },
      { ...OPTIONS, inFlightMax: 2, keyOf: (item) => item[0] },
    );
    await Promise.all(['a1', 'a2', 'a3'].map((item) => group.add(item)));
    expect(log).toEqual(['begins a1', 'ends a1', 'begins a2', 'ends a2', 'begins a3', 'ends a3']);
  });

  it('keeps items of one key apart, each with its own outcome', async () => {
    const batches: string[][] = [];
    const group = new GroupCommit<string, string>(
      async (items) => {
        batches.push(items);
        if (batches.length === 2) throw new UnavailableError('away');
        return items.map((item) => `${item} done`);
      },
      { ...OPTIONS, keyOf: (item) => item[0] },
    );
    const results = await Promise.allSettled(['a1', 'b1', 'a2', 'c1'].map((item) => group.add(item)));
    expect(batches).toEqual([
      ['a1', 'b1'],
      ['a2', 'c1'],
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected']);
  });

  it('fails only the bad item of a batch', async () => {
    const group = new GroupCommit<string, string>(async (items) => {
      if (items.includes('bad')) throw new Error('invalid byte sequence');
      return items.map((item) => `${item} done`);
    }, OPTIONS);
    const results = await Promise.allSettled(['a', 'bad', 'c'].map((item) => group.add(item)));
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value : 'failed'))).toEqual([
      'a done',
      'failed',
      'c done',
    ]);
  });

  it.each([new UnavailableError('away'), new InvalidInputError('all of it'), new NoAnswerError(1)])(
    'does not try the halves of a batch apart when each would be answered the same',
    async (error) => {
      let flushes = 0;
      const group = new GroupCommit<number, number>(async () => {
        flushes++;
        throw error;
      }, OPTIONS);
      const results = await Promise.allSettled([1, 2, 3].map((item) => group.add(item)));
      expect(results.every((result) => result.status === 'rejected' && result.reason === error)).toBe(true);
      expect(flushes).toBe(1);
    },
  );

  it('refuses at once what would wait too long, and goes on with the rest', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const group = new GroupCommit<number, number>(
      async (items) => {
        await gate;
        return items;
      },
      { ...OPTIONS, batchSizeMax: 1, waitingMax: 2 },
    );
    const first = group.add(1);
    await new Promise((resolve) => setImmediate(resolve)); // now in flight, no longer waiting
    const waiting = [group.add(2), group.add(3)];
    await expect(group.add(4)).rejects.toBeInstanceOf(UnavailableError);
    release();
    await expect(Promise.all([first, ...waiting])).resolves.toEqual([1, 2, 3]);
  });

  it('never runs more flushes at once than it may', async () => {
    let running = 0;
    let most = 0;
    const group = new GroupCommit<number, number>(
      async (items) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
        return items;
      },
      { ...OPTIONS, inFlightMax: 2 },
    );
    await Promise.all(Array.from({ length: 50 }, (_, item) => group.add(item)));
    expect(most).toBe(2);
  });
});
