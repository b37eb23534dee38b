import type { RequestInput, RequestKind } from './requests';

/** What a generator is to do. */
export interface Load extends RequestInput {
  port: number;
  kind: RequestKind;
  connections: number;
  /** Runs first and is not counted: code gets compiled, caches get warm. */
  warmUpMs: number;
  measureMs: number;
  /** Requests a second whatever the answers take; not given: each connection sends as soon as it is answered. */
  rate?: number;
}

/** What it saw while it measured. */
export interface LoadResult {
  requests: number;
  ms: number;
  /** How many answers had which status. */
  statuses: Record<string, number>;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
  cpuMs: number;
}

/** What a generator tells while it runs. */
export type LoadMessage = { measuring: true } | { result: LoadResult };
