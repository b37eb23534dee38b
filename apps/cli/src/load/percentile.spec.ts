import { percentile } from './percentile';

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);

  it.each([
    [50, 50],
    [95, 95],
    [99, 99],
    [100, 100],
    [0, 1],
  ])('p%i of 1 … 100 is %i', (percent, value) => {
    expect(percentile(hundred, percent)).toBe(value);
  });

  it('is a value that was measured, also of few', () => {
    expect([50, 95, 99].map((percent) => percentile([7], percent))).toEqual([7, 7, 7]);
    expect([50, 51, 99].map((percent) => percentile([1, 9], percent))).toEqual([1, 9, 9]);
    expect(percentile([1, 2, 3, 4], 75)).toBe(3);
  });

  it('of nothing is not a number', () => {
    expect(percentile([], 50)).toBeNaN();
  });
});
