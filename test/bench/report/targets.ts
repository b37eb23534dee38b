import type { Measurement } from '../measurement';
import { growing, GROWING_NAMES } from '../scenarios/growth';
import { PLACING_LIMITED, PLACING_WITH_TOKEN } from '../scenarios/place';
import { type Spread, spreadOf } from './spread';

/** A promise about one scenario beside its limit. */
export interface Target {
  ours: string;
  limit: string;
  figure: (measurement: Measurement) => number | undefined;
  label: string;
  /** The ratio is at least this, or at most. */
  atLeast?: number;
  atMost?: number;
}

const perSecond = { label: 'per second', figure: (measurement: Measurement) => measurement.perSecond };
const p99 = { label: 'p99', figure: (measurement: Measurement) => measurement.p99Ms };

const p50 = { label: 'p50', figure: (measurement: Measurement) => measurement.p50Ms };

export const TARGETS: readonly Target[] = [
  { ours: 'place 64', limit: 'limit:sql', ...perSecond, atLeast: 2 },
  { ours: 'place 256', limit: 'limit:sql', ...perSecond, atLeast: 2.5 },
  { ours: 'place 64', limit: 'limit:http 64', ...perSecond, atLeast: 0.6 },
  { ours: 'place 256', limit: 'limit:http 256', ...perSecond, atLeast: 0.6 },
  { ours: 'place:hot 64', limit: 'limit:hot', ...perSecond, atLeast: 8 },
  { ours: 'place:hot 256', limit: 'limit:hot', ...perSecond, atLeast: 8 },
  { ours: PLACING_WITH_TOKEN, limit: 'place 64', ...perSecond, atLeast: 0.95 },
  { ours: PLACING_LIMITED, limit: 'place 64', ...perSecond, atLeast: 0.85 },
  { ours: 'bulk', limit: 'limit:batch', ...perSecond, atLeast: 0.6 },
  { ours: 'lifecycle redis', limit: 'limit:sql', ...perSecond, atLeast: 0.5 },
  { ours: 'lifecycle postgres', limit: 'limit:sql', ...perSecond, atLeast: 0.08 },
  { ours: 'place half', limit: 'limit:http half', ...p99, atMost: 3 },
  ...GROWING_NAMES.flatMap((what) =>
    (['1m', '10m'] as const).map((size) => ({
      ours: growing(what, size),
      limit: growing(what, '10k'),
      ...p50,
      atMost: 1.5,
    })),
  ),
];

/** A promise about a figure that a scenario has of itself. */
export const FIGURES: Readonly<Record<string, { says: string; atLeast?: number; atMost?: number }>> = {
  throughputOfLastTenth: { says: 'moves per second, last tenth ÷ first', atLeast: 0.8 },
  memoryOfLastTenth: { says: 'memory of the worker, last tenth ÷ first', atMost: 1.25 },
  placeOfUrgentOrders: { says: 'place of the urgent orders that came last, 0 is first', atMost: 0.5 },
};

/** What a process may need at most, under load. */
export const RSS_MB_MAX = 250;

/** What became of a target: the ratio of each round, as ours and its limit were measured one after the other. */
export interface Verdict {
  target: Target;
  ratio: Spread;
  reached: boolean;
}

/** Measurements by scenario, one for each round, in order. */
export type Measured = ReadonlyMap<string, readonly Measurement[]>;

/** Judges the targets whose both sides were measured; by the median. */
export function judge(measured: Measured, targets: readonly Target[] = TARGETS): Verdict[] {
  return targets.flatMap((target) => {
    const ours = measured.get(target.ours) ?? [];
    const limits = measured.get(target.limit) ?? [];
    const ratios = ours.slice(0, limits.length).map((each, round) => {
      return (target.figure(each) ?? Number.NaN) / (target.figure(limits[round]!) ?? Number.NaN);
    });
    if (ratios.length === 0) return [];
    const ratio = spreadOf(ratios);
    return [{ target, ratio, reached: isReached(target, ratio.median) }];
  });
}

/** Whether a value lies on the right side of its bound. */
export function isReached({ atLeast, atMost }: { atLeast?: number; atMost?: number }, ratio: number): boolean {
  return ratio >= (atLeast ?? Number.NEGATIVE_INFINITY) && ratio <= (atMost ?? Number.POSITIVE_INFINITY);
}
