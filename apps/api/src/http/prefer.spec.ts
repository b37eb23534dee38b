import { prefersAsync } from './prefer';

describe('Prefer', () => {
  it.each<[string | string[] | undefined, boolean]>([
    [undefined, false],
    ['', false],
    ['respond-async', true],
    ['Respond-Async', true],
    ['respond-async, wait=10', true],
    ['wait=10, respond-async', true],
    ['respond-async; x=1', true],
    [['wait=10', 'respond-async'], true],
    ['respond-asynchronously', false],
    ['return=minimal', false],
    ['x="respond-async"', false],
  ])('%j prefers an asynchronous answer: %s', (header, expected) => {
    expect(prefersAsync(header)).toBe(expected);
  });
});
