import type { InvariantResult } from '@app/platform';

/** What became of a promise in one run; the same shape as `npm run cli -- verify` gives. */
export type Check = InvariantResult;

const EXAMPLES_MAX = 5;

/** It holds when nothing breaks it. */
export function check(id: string, name: string, broken: readonly string[], figures: Record<string, number>): Check {
  return {
    id,
    name,
    holds: broken.length === 0,
    breaches: broken.length,
    examples: broken.slice(0, EXAMPLES_MAX),
    figures,
  };
}
