import { noteShortWork, SlicedWork, slices } from './slices';

describe('slices', () => {
  it('give every item once, in order, with the index of the first', async () => {
    const seen: [number[], number][] = [];
    for await (const slice of slices([1, 2, 3, 4, 5], 2)) seen.push(slice);
    expect(seen).toEqual([
      [[1, 2], 0],
      [[3, 4], 2],
      [[5], 4],
    ]);
  });

  it('let others run between them', async () => {
    const events: string[] = [];
    setImmediate(() => events.push('other'));
    for await (const [, first] of slices([1, 2, 3], 1)) events.push(`slice ${first}`);
    expect(events.slice(0, 3)).toEqual(['slice 0', 'other', 'slice 1']);
  });
});

describe('long work', () => {
  beforeAll(() => void jest.useFakeTimers());
  // What was asked for, and the rests, of the test before are over.
  beforeEach(() => jest.advanceTimersByTime(10_000));
  afterAll(() => void jest.useRealTimers());

  /** Works for so long. */
  const work = (ms: number) => jest.advanceTimersByTime(ms);
  const isDone = async (promise: Promise<unknown>, afterMs: number) => {
    let done = false;
    void promise.then(() => (done = true));
    await jest.advanceTimersByTimeAsync(afterMs);
    return done;
  };

  it('is due for others after a slice', () => {
    const long = new SlicedWork();
    work(2);
    expect(long.isDue).toBe(false);
    work(1);
    expect(long.isDue).toBe(true);
  });

  it('goes on in the next turn while nobody else asks for anything', async () => {
    const long = new SlicedWork();
    work(3);
    expect(await isDone(long.turn(), 0)).toBe(true);
  });

  it('rests three times as long as it worked while short work is asked for', async () => {
    const long = new SlicedWork();
    work(4);
    noteShortWork();
    const turn = long.turn();
    expect(await isDone(turn, 11)).toBe(false);
    expect(await isDone(turn, 1)).toBe(true);
  });

  it('goes on at full speed a tenth of a second after the last short work', async () => {
    const long = new SlicedWork();
    noteShortWork();
    work(100);
    expect(await isDone(long.turn(), 0)).toBe(true);
  });

  it('rests for all of it, however much there is', async () => {
    const [first, second] = [new SlicedWork(), new SlicedWork()];
    work(4);
    noteShortWork();
    const both = Promise.all([first.turn(), second.turn()]);
    expect(await isDone(both, 23)).toBe(false);
    expect(await isDone(both, 2)).toBe(true);
  });

  it('rests for work that has ended as well', async () => {
    const ended = new SlicedWork();
    work(4);
    noteShortWork();
    ended.end();
    const next = SlicedWork.begin();
    expect(await isDone(next, 11)).toBe(false);
    expect(await isDone(next, 1)).toBe(true);
  });
});
