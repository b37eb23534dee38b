import { BeginRate } from './begin-rate';

describe('the rate at which orders begin', () => {
  it('is that of the last minute', () => {
    const rate = new BeginRate();
    expect(rate.perMinute(0)).toBe(0);
    for (let second = 0; second < 300; second++) rate.add(50, second * 1000);
    expect(rate.perMinute(299_000)).toBeGreaterThan(2900);
    expect(rate.perMinute(299_000)).toBeLessThan(3100);
    expect(rate.perMinute(400_000)).toBe(0);
  });

  it('counts from the first event when that is younger, and makes no minute out of a moment', () => {
    const rate = new BeginRate();
    rate.add(100, 1_000_000);
    expect(rate.perMinute(1_000_100)).toBe(600);
    for (let second = 1; second <= 20; second++) rate.add(100, 1_000_000 + second * 1000);
    expect(rate.perMinute(1_020_000)).toBe(6300);
  });
});
