import type { Usage } from './lab/meter';
import type { Servers } from './lab/servers';

/** One run of one scenario or limit. */
export interface Measurement {
  /** Orders where the scenario places or moves orders, else requests. */
  perSecond: number;
  p50Ms?: number;
  p99Ms?: number;
  /** Orders that were placed or moved, or requests, while it measured: what the usage is divided by. */
  count: number;
  usage?: Usage;
  /** SQL statements per order or request, of the first round. */
  statements?: number;
  /** What else there is to say, by name. */
  figures?: Record<string, number>;
}

export interface Pace {
  /** For how long each measurement lasts, without its warm-up. */
  measureMs: number;
  warmUpMs: number;
}

/** What a scenario gets to work with. */
export interface Bench {
  servers: Servers;
  pace: Pace;
  /** What was measured before, newest last; for scenarios that depend on others. */
  earlier: (name: string) => readonly Measurement[];
  /** Statements are counted in the first round only: it takes time, and they are always the same. */
  isFirstRound: boolean;
  /** Where processes of the product leave a CPU profile; not given: they make none. */
  profileDir?: string;
}

/** Something that is measured once in each round. */
export interface Scenario {
  name: string;
  /** `orders` or `requests`: what `perSecond` counts. */
  unit: string;
  run: (bench: Bench) => Promise<Measurement>;
  /** How many orders are there, for scenarios of growth. */
  size?: string;
  /** Scenarios that must be measured before it in the same round. */
  needs?: readonly string[];
}
