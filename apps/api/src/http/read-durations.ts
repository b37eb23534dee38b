/** A page of twenty orders takes a third of this on a machine with something else to do. */
const LONG_MS = 10;
/** Below it a long read is a short one again. It is less, since a long read that runs without others is quicker. */
const SHORT_MS = 5;
const WEIGHT_OF_LAST = 0.3;
/** Of a client and a route each. */
const KEPT_MAX = 1000;

interface Duration {
  averageMs: number;
  isLong: boolean;
}

/**
 * Tells which reads take long, from how long the last ones of the same client on the same route took (a moving average with
 * exponential weights). By client, so that one that asks for what is costly makes the reads of nobody else long ones.
 */
export class ReadDurations {
  /** The least recently used first. */
  private readonly kept = new Map<string, Duration>();

  isLong(client: string, route = ''): boolean {
    return this.kept.get(keyOf(client, route))?.isLong ?? false;
  }

  add(client: string, route = '', ms: number): void {
    const key = keyOf(client, route);
    const before = this.kept.get(key);
    const averageMs = before ? before.averageMs + (ms - before.averageMs) * WEIGHT_OF_LAST : ms;
    this.kept.delete(key);
    this.kept.set(key, { averageMs, isLong: averageMs > (before?.isLong ? SHORT_MS : LONG_MS) });
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= KEPT_MAX) break;
      this.kept.delete(oldest);
    }
  }
}

function keyOf(client: string, route: string): string {
  return `${client} ${route}`;
}
