import { Injectable } from '@nestjs/common';
import type { Check, HealthCheck, Reading } from '../health-check';

/** An outbox row that waits longer than this says that no relay gets through. */
const OUTBOX_AGE_SECONDS_MAX = 30;

@Injectable()
export class CheckOutbox implements HealthCheck {
  readonly needsDatabase = true;

  async execute(reading: Reading): Promise<Check> {
    const { waiting, oldestAgeSeconds, oldestType } = await reading.backlog();
    const figures = { waiting, oldest_age_seconds: Math.round(oldestAgeSeconds * 10) / 10 };
    if (oldestAgeSeconds <= OUTBOX_AGE_SECONDS_MAX) return { status: 'healthy', ...figures };
    return {
      status: 'degraded',
      ...figures,
      message:
        `Events wait too long, the oldest is ${oldestType}: is a worker running that knows it, and does it reach ` +
        'the queue?',
    };
  }
}
