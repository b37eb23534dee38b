import { writeFileSync } from 'node:fs';

export type Outcome = 'invoke' | 'ok' | 'fail' | 'unknown';

/**
 * One line of what clients saw. `repeat` sends a placement again as it was, `reuse` its key with another body. `unknown` is a
 * request that may or may not have had its effect.
 */
export interface HistoryEntry {
  /** Milliseconds since the run began. */
  at: number;
  /** Pairs an outcome with its invocation. */
  request: number;
  kind: 'place' | 'repeat' | 'reuse' | 'cancel' | 'read';
  outcome: Outcome;
  /** Which wish of the plan it belongs to. */
  wish: string;
  api: string;
  status?: number;
  code?: string;
  /** A 5xx that was not a problem document, or a 503 without Retry-After. */
  malformed?: boolean;
  orderId?: string;
  version?: number;
  /** How long the answer took. */
  ms?: number;
  /** The answer's body, where it is compared with another one. */
  body?: string;
}

/** What all clients saw, in the order in which they saw it. */
export class History {
  readonly entries: HistoryEntry[] = [];
  private readonly begun = performance.now();
  private requests = 0;

  /** Milliseconds since the run began. */
  now(): number {
    return performance.now() - this.begun;
  }

  nextRequest(): number {
    return ++this.requests;
  }

  add(entry: Omit<HistoryEntry, 'at'>): void {
    this.entries.push({ at: Math.round(this.now() * 10) / 10, ...entry });
  }

  /** One JSON object per line. */
  writeTo(file: string): void {
    writeFileSync(file, this.entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  }
}
