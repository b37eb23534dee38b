import type { Readable } from 'node:stream';
import { isShortWorkAskedFor } from '@app/platform';

/** Large bodies are worked on more slowly than this: to receive more of them only takes the processor from those who wait. */
const BYTES_PER_SECOND_BESIDE_OTHERS = 16 * 1024 * 1024;
/** Shorter pauses are added up: a timer is not more exact. */
const PAUSE_MS_MIN = 2;

/** How fast all large bodies together are received while smaller requests are being answered. They take turns. */
export class ReceivingPace {
  private nextAt = 0;

  /** To be called for each piece that has arrived: lets its body pause when they are too fast. */
  follow(body: Readable, bytes: number): void {
    if (!isShortWorkAskedFor()) return;
    const now = performance.now();
    this.nextAt = Math.max(this.nextAt, now) + (bytes / BYTES_PER_SECOND_BESIDE_OTHERS) * 1000;
    const pauseMs = this.nextAt - now;
    if (pauseMs < PAUSE_MS_MIN) return;
    body.pause();
    setTimeout(() => body.resume(), pauseMs);
  }
}
