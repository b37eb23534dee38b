import { Injectable } from '@nestjs/common';

const WINDOW_MS = 60_000;
/** What left within less time says little about a minute. */
const WINDOW_MS_MIN = 10_000;
const BUCKET_MS = 1000;

/** How fast events that waited for their turn leave in this process: what the health page makes of it is how long a backlog will take. */
@Injectable()
export class BeginRate {
  private buckets: { at: number; count: number }[] = [];

  /** So many events left now. */
  add(count: number, now = performance.now()): void {
    if (count === 0) return;
    const newest = this.buckets.at(-1);
    if (newest && now - newest.at < BUCKET_MS) newest.count += count;
    else this.buckets.push({ at: now, count });
    this.forget(now);
  }

  /** Events per minute, over the last minute or since the first of them; 0 when none left within it. */
  perMinute(now = performance.now()): number {
    this.forget(now);
    const [first] = this.buckets;
    if (!first) return 0;
    const left = this.buckets.reduce((sum, { count }) => sum + count, 0);
    return Math.round((left * WINDOW_MS) / Math.max(WINDOW_MS_MIN, now - first.at));
  }

  private forget(now: number): void {
    this.buckets = this.buckets.filter(({ at }) => now - at < WINDOW_MS);
  }
}
