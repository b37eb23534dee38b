import type { Measurement } from '../measurement';
import { judge, type Target } from './targets';

const perSecond = (...values: number[]): Measurement[] => values.map((value) => ({ perSecond: value, count: 1 }));
const TARGET: Target = {
  ours: 'place',
  limit: 'limit',
  label: 'per second',
  figure: (each) => each.perSecond,
  atLeast: 2,
};

describe('judge', () => {
  it('compares what was measured in the same round, and judges by the median', () => {
    const measured = new Map([
      ['place', perSecond(300, 100, 210)],
      ['limit', perSecond(100, 100, 100)],
    ]);
    expect(judge(measured, [TARGET])).toEqual([
      { target: TARGET, ratio: { median: 2.1, min: 1, max: 3 }, reached: true },
    ]);
  });

  it('calls a target missed when the ratio is on its wrong side', () => {
    const measured = new Map([
      ['place', perSecond(190)],
      ['limit', perSecond(100)],
    ]);
    const { atLeast: _, ...rest } = TARGET;
    expect(judge(measured, [TARGET, { ...rest, atMost: 1.5 }]).map(({ reached }) => reached)).toEqual([false, false]);
    expect(judge(measured, [{ ...rest, atMost: 1.9 }])[0]!.reached).toBe(true);
  });

  it('calls a target missed when its figure was not measured', () => {
    const measured = new Map([
      ['place', perSecond(190)],
      ['limit', perSecond(100)],
    ]);
    expect(judge(measured, [{ ...TARGET, figure: () => undefined }])[0]!.reached).toBe(false);
  });

  it('is silent about what was not compared', () => {
    expect(judge(new Map([['place', perSecond(1)]]), [TARGET])).toEqual([]);
  });
});
