import { HTTP_LIMITS } from './limits/http';
import { SQL_LIMITS } from './limits/sql';
import type { Scenario } from './measurement';
import { TARGETS } from './report/targets';
import { LIFECYCLES } from './scenarios/lifecycle';
import { BACKLOG } from './scenarios/backlog';
import { GROWTH } from './scenarios/growth';
import { HALF_LOAD } from './scenarios/half-load';
import { PLACING } from './scenarios/place';
import { READING } from './scenarios/read';

/** Everything that can be measured, in the order in which a round does it: what is compared lies close together. */
export const SCENARIOS: readonly Scenario[] = [
  ...SQL_LIMITS,
  ...HTTP_LIMITS,
  ...PLACING,
  ...HALF_LOAD,
  ...LIFECYCLES,
  ...BACKLOG,
  ...READING,
  ...GROWTH,
];

/**
 * The scenarios that these names stand for: the name itself, or its first word (`place` is `place 64` and `place 256`, `growth` is
 * all of it); and the limits that they are compared with. Without names, all. Throws for a name that stands for nothing.
 */
export function select(names: readonly string[], scenarios: readonly Scenario[] = SCENARIOS): Scenario[] {
  if (names.length === 0) return [...scenarios];
  const chosen = new Set(names.flatMap((name) => called(name, scenarios)));
  for (const { ours, limit } of TARGETS) if (chosen.has(ours)) chosen.add(limit);
  for (const { name, needs = [] } of scenarios) if (chosen.has(name)) for (const need of needs) chosen.add(need);
  return scenarios.filter(({ name }) => chosen.has(name));
}

function called(wanted: string, scenarios: readonly Scenario[]): string[] {
  const found = scenarios
    .map(({ name }) => name)
    .filter((name) => name === wanted || name.startsWith(`${wanted} `) || name.startsWith(`${wanted}:`));
  if (found.length === 0)
    throw new Error(`There is no scenario ${wanted}: ${scenarios.map(({ name }) => name).join(', ')}.`);
  return found;
}
