import fc from 'fast-check';
import { toDecimal, toMinor } from './money';

describe('money at the edge', () => {
  it.each([
    ['0.01', 1],
    ['99.99', 9999],
    ['99.9', 9990],
    ['5', 500],
    ['999999.99', 99_999_999],
  ])('%s is %i minor units', (decimal, minor) => {
    expect(toMinor(decimal)).toBe(minor);
  });

  it('comes back as it went in, for every amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (minor) => toMinor(toDecimal(minor)) === minor),
    );
    expect([0, 5, 99, 100].map(toDecimal)).toEqual(['0.00', '0.05', '0.99', '1.00']);
  });

  it('is exact for sums beyond what a number holds', () => {
    expect(toDecimal(9_999_999_999_999_900_001n)).toBe('99999999999999000.01');
  });
});
