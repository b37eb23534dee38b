import { measureHttpLimit } from '../limits/http';
import type { Bench, Measurement, Scenario } from '../measurement';
import { measurePlacing } from './place';

const CONNECTIONS = 64;
const MAXIMUM = `place ${CONNECTIONS}`;
const LOAD = { kind: 'order', connections: CONNECTIONS } as const;

/** How long a client waits when orders come half as fast as they could; and at the bare server, when they come as fast. */
export const HALF_LOAD: readonly Scenario[] = [
  { name: 'limit:http half', unit: 'orders', needs: [MAXIMUM], run: (bench) => measureHttpLimit(bench, half(bench)) },
  { name: 'place half', unit: 'orders', needs: [MAXIMUM], run: (bench) => measurePlacing(bench, half(bench)) },
];

function half({ earlier }: Bench): typeof LOAD & { rate: number } {
  const maximum: Measurement = earlier(MAXIMUM).at(-1)!;
  return { ...LOAD, rate: maximum.perSecond / 2 };
}
