import { CONFIG, type Config } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Check, HealthCheck, Reading } from '../health-check';
import { freshBeats } from './live-processes';

/** Nothing begun, although the first waits for so long, says that the backlog does not move. */
const STUCK_AFTER_SECONDS = 60;

/** How many orders wait to begin, and how long that will take at the pace of the last minute. */
@Injectable()
export class CheckBacklog implements HealthCheck {
  readonly needsDatabase = true;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async execute(reading: Reading): Promise<Check> {
    const [{ ranked }, beats] = await Promise.all([reading.backlog(), reading.beats()]);
    const perMinute = freshBeats(beats, 'worker').reduce(
      (sum, { details }) => sum + (details.begun_per_minute ?? 0),
      0,
    );
    const secondsLeft = perMinute > 0 ? Math.ceil((ranked.waiting / perMinute) * 60) : null;
    const figures = {
      waiting: ranked.waiting,
      oldest_age_seconds: Math.round(ranked.oldestAgeSeconds * 10) / 10,
      begun_per_minute: perMinute,
      seconds_left: ranked.waiting === 0 ? 0 : secondsLeft,
    };
    if (ranked.waiting === 0) return { status: 'healthy', ...figures };
    if (secondsLeft === null) {
      if (ranked.oldestAgeSeconds <= STUCK_AFTER_SECONDS) return { status: 'healthy', ...figures };
      return {
        status: 'degraded',
        ...figures,
        message: `${orders(ranked.waiting)} to begin, and none has begun within the last minute: is a worker running?`,
      };
    }
    const message =
      `${orders(ranked.waiting)} to begin. At ${perMinute} a minute this takes about ${duration(secondsLeft)}; ` +
      'more workers make it shorter.';
    if (Math.max(secondsLeft, ranked.oldestAgeSeconds) > this.config.STALE_PENDING_MINUTES * 60)
      return { status: 'degraded', ...figures, message };
    return { status: 'healthy', ...figures };
  }
}

function orders(count: number): string {
  return count === 1 ? '1 order waits' : `${count} orders wait`;
}

function duration(seconds: number): string {
  if (seconds < 120) return `${seconds} seconds`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 360) / 10} hours`;
}
