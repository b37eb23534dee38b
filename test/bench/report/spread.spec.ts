import { spreadOf } from './spread';

describe('spreadOf', () => {
  it('takes the middle one of an odd number of values', () => {
    expect(spreadOf([30, 10, 20])).toEqual({ median: 20, min: 10, max: 30 });
  });

  it('takes the mean of the two in the middle of an even number', () => {
    expect(spreadOf([40, 10, 20, 30])).toEqual({ median: 25, min: 10, max: 40 });
  });

  it('refuses to say something about nothing', () => {
    expect(() => spreadOf([])).toThrow(RangeError);
  });
});
