import { randomInt } from 'node:crypto';

/** The seed of a randomised suite: from the environment to repeat a run, otherwise a new one. Put it into the suite's name. */
export function seedFrom(variable: string): number {
  const given = process.env[variable];
  return given ? Number(given) : randomInt(2 ** 31);
}

/** Decisions that follow from a seed: the same seed, the same decisions. */
export interface SeededRandom {
  /** A whole number from 0 to `end` − 1. */
  below: (end: number) => number;
  /** True with this probability. */
  chance: (probability: number) => boolean;
  pick: <T>(from: readonly T[]) => T;
}

/** Mulberry32: 32 bits of state are enough for tests, and no two runs of one seed differ. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number) => Math.floor(next() * end);
  return { below, chance: (probability) => next() < probability, pick: (from) => from[below(from.length)]! };
}
