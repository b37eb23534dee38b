import { inTime, type RateLimit } from '@app/platform';
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';

/**
 * A process takes this share of a limit from the store at once and gives it out without asking again: at most about a hundred round
 * trips for a client in a window, however many requests it makes. It is what a process may hold unused when a client turns to others.
 */
const BLOCK_SHARE = 0.01;
/** What is not counted within this time goes on uncounted. */
const STORE_TIMEOUT_MS = 1000;
/** A store that did not answer is asked again after this. */
const RETRY_AFTER_MS = 5000;
/** Clients that one process remembers; each takes about 200 bytes. The one that came first is forgotten for one more. */
const CLIENTS_MAX = 50_000;

const BOUNDS = { clientsMax: CLIENTS_MAX, storeTimeoutMs: STORE_TIMEOUT_MS, now: () => performance.now() };

export type Decision =
  | { outcome: 'allowed' | 'refused'; limit: RateLimit; remaining: number; resetSeconds: number }
  /** The store does not answer: nobody is refused. */
  | { outcome: 'not_counted' };

const NOT_COUNTED: Decision = { outcome: 'not_counted' };

/** What a process knows of the requests of one client, until the window of the limit ends. */
interface Window {
  /** Allowed here without asking again. */
  held: number;
  /** Of the limit, as the store said it last: what no process has taken. */
  left: number;
  endsAt: number;
  /** Under way; everybody who waits for it looks again when it is done. */
  taking?: Promise<boolean>;
  waiting: number;
}

export interface LimiterEvents {
  /** The store does not answer, or does again. */
  onAway: (error: unknown) => void;
  onBack: () => void;
}

/**
 * Counts the requests of each client over all processes. The store counts blocks of requests and this the requests of a block, so that
 * almost none of them waits for the store. A limit below 200 is counted one by one, which is exact over any number of processes; of a
 * larger one each process can leave up to a hundredth unused.
 */
export class RequestLimiter {
  private readonly windows = new Map<string, Window>();
  private readonly block: number;
  private awayUntil = 0;
  private isAway = false;

  constructor(
    private readonly limit: RateLimit,
    private readonly counters: Pick<RateLimiterAbstract, 'consume'>,
    private readonly isConnected: () => boolean,
    private readonly events: LimiterEvents,
    private readonly bounds = BOUNDS,
  ) {
    this.block = Math.max(1, Math.floor(limit.requests * BLOCK_SHARE));
  }

  /** Counts one request. Answers at once, unless the store must be asked. */
  take(client: string): Decision | Promise<Decision> {
    const now = this.bounds.now();
    if (now < this.awayUntil) return NOT_COUNTED;
    if (!this.isConnected()) {
      this.noteAway(new Error('It is not connected.'));
      return NOT_COUNTED;
    }
    const window = this.windowOf(client, now);
    return this.decide(window, now) ?? this.takeFromStore(client, window);
  }

  private decide(window: Window, now: number): Decision | undefined {
    if (window.held > 0) {
      window.held--;
      return this.decision('allowed', window, now);
    }
    return window.left === 0 && !window.taking ? this.decision('refused', window, now) : undefined;
  }

  private async takeFromStore(client: string, window: Window): Promise<Decision> {
    for (;;) {
      window.waiting++;
      // Those that arrive together are counted together.
      window.taking ??= this.takeBlock(client, window).finally(() => (window.taking = undefined));
      const isCounted = await window.taking;
      window.waiting--;
      if (!isCounted) return NOT_COUNTED;
      const decision = this.decide(window, this.bounds.now());
      if (decision) return decision;
    }
  }

  /** Resolves to false when the store does not answer. */
  private async takeBlock(client: string, window: Window): Promise<boolean> {
    if (this.isAway) this.awayUntil = this.bounds.now() + RETRY_AFTER_MS; // one asks whether it is back
    const wanted = Math.min(this.limit.requests, Math.max(this.block, window.waiting));
    try {
      const { consumedPoints, msBeforeNext } = await this.consume(client, wanted);
      const before = consumedPoints - wanted;
      window.held = Math.max(0, Math.min(wanted, this.limit.requests - before));
      window.left = Math.max(0, this.limit.requests - consumedPoints);
      window.endsAt = this.bounds.now() + msBeforeNext;
      if (this.isAway) this.events.onBack();
      this.isAway = false;
      this.awayUntil = 0;
      return true;
    } catch (error) {
      this.noteAway(error);
      this.awayUntil = this.bounds.now() + RETRY_AFTER_MS;
      return false;
    }
  }

  private noteAway(error: unknown): void {
    if (!this.isAway) this.events.onAway(error);
    this.isAway = true;
  }

  /** What is beyond the limit comes as a rejection that is no error. */
  private consume(client: string, wanted: number): Promise<RateLimiterRes> {
    const { storeTimeoutMs } = this.bounds;
    const late = new Error(`No answer within ${storeTimeoutMs} ms.`);
    return inTime(this.counters.consume(client, wanted), storeTimeoutMs, late).catch((refusal: unknown) => {
      if (refusal instanceof RateLimiterRes) return refusal;
      throw refusal;
    });
  }

  private windowOf(client: string, now: number): Window {
    const known = this.windows.get(client);
    if (known) {
      if (known.endsAt > now || known.taking) return known;
      this.windows.delete(client);
    }
    const [oldest] = this.windows.keys();
    if (
      oldest !== undefined &&
      (this.windows.size >= this.bounds.clientsMax || this.windows.get(oldest)!.endsAt <= now)
    )
      this.windows.delete(oldest);
    // Until the store was asked: nothing here, and something there.
    const window = { held: 0, left: this.limit.requests, endsAt: now, waiting: 0 };
    this.windows.set(client, window);
    return window;
  }

  private decision(outcome: 'allowed' | 'refused', { held, left, endsAt }: Window, now: number): Decision {
    const resetSeconds = Math.max(1, Math.ceil((endsAt - now) / 1000));
    return { outcome, limit: this.limit, remaining: left + held, resetSeconds };
  }
}
