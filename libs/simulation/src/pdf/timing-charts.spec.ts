import { anAttempt } from '../../../../test/support/simulation-report';
import { inFlightByColumn } from './timing-charts';

const attempt = (startMs: number, endMs: number) => anAttempt({ startMs, endMs });

describe('attempts in flight', () => {
  it('are the most at any moment of each part of the time', () => {
    const attempts = [attempt(0, 30), attempt(10, 20), attempt(10, 40)];
    expect(inFlightByColumn(attempts, 40, 4)).toEqual([1, 3, 3, 2]);
  });

  it('are one when the next begins at the moment at which one ends', () => {
    expect(inFlightByColumn([attempt(0, 10), attempt(10, 20)], 20, 2)).toEqual([1, 1]);
  });

  it('are none when nothing was attempted', () => {
    expect(inFlightByColumn([], 1, 3)).toEqual([0, 0, 0]);
  });
});
