import { EventFeedRepository } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import type { Check, HealthCheck } from '../health-check';

/** Our own transactions are ended sooner than this when they stay open. */
const LAG_SECONDS_MAX = 20;

/** A transaction that stays open holds up every reader of the event stream, whoever began it. */
@Injectable()
export class CheckFeed implements HealthCheck {
  readonly needsDatabase = true;

  constructor(private readonly feed: EventFeedRepository) {}

  async execute(): Promise<Check> {
    const lag = await this.feed.lag();
    const figures = { lag_seconds: Math.round(lag.seconds * 10) / 10 };
    if (lag.seconds <= LAG_SECONDS_MAX) return { status: 'healthy', ...figures };
    const by = lag.heldBy ? `process ${lag.heldBy.pid} (${lag.heldBy.application})` : 'a session that is not shown';
    return {
      status: 'degraded',
      ...figures,
      message: `Readers of the stream get nothing new: a transaction of ${by} stays open. See docs/runbook.md#long-transactions.`,
    };
  }
}
