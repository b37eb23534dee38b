import { PassThrough, type Readable } from 'node:stream';
import { noteShortWork } from '@app/platform';
import { ReceivingPace } from './receiving-pace';

const MEGABYTE = 1024 * 1024;

describe('large bodies', () => {
  let pace: ReceivingPace;

  beforeAll(() => void jest.useFakeTimers());
  beforeEach(() => {
    jest.advanceTimersByTime(10_000);
    pace = new ReceivingPace();
  });
  afterAll(() => void jest.useRealTimers());

  const body = () => new PassThrough().resume();
  const pausedMs = (of: Readable) => {
    let ms = 0;
    for (; of.isPaused(); ms++) jest.advanceTimersByTime(1);
    return ms;
  };

  it('are received as fast as they come while nobody else asks for anything', () => {
    const one = body();
    pace.follow(one, 16 * MEGABYTE);
    expect(one.isPaused()).toBe(false);
  });

  it('are received at 16 MiB per second while others are answered', () => {
    const one = body();
    noteShortWork();
    pace.follow(one, 4 * MEGABYTE);
    expect(pausedMs(one)).toBe(250);
  });

  it('share that speed', () => {
    const [first, second] = [body(), body()];
    noteShortWork();
    pace.follow(first, MEGABYTE);
    pace.follow(second, MEGABYTE);
    expect([pausedMs(first) + pausedMs(second), first.isPaused()]).toEqual([125, false]);
  });

  it('do not stop for a piece that would be one millisecond', () => {
    const one = body();
    noteShortWork();
    pace.follow(one, 16 * 1024);
    expect(one.isPaused()).toBe(false);
    pace.follow(one, 16 * 1024);
    pace.follow(one, 16 * 1024);
    expect(one.isPaused()).toBe(true);
  });
});
