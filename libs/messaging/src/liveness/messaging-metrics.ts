import { collectTogether, registry } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { DeadLettersRepository } from '../dead-letters/dead-letters.repository';
import { EventFeedRepository } from '../feed/event-feed.repository';
import { OutboxRepository } from '../outbox/outbox.repository';

const waiting = new Gauge({
  name: 'outbox_waiting_events',
  help: 'Committed events that no relay has published yet, counted up to 10000',
  registers: [registry],
});
const oldest = new Gauge({
  name: 'outbox_oldest_age_seconds',
  help: 'Age of the oldest event that is not published yet',
  registers: [registry],
});
const deadLettersOpen = new Gauge({
  name: 'dead_letters_open',
  help: 'Dead letters that were neither replayed nor discarded, counted up to 10000',
  registers: [registry],
});

const ranked = new Gauge({
  name: 'outbox_in_line_events',
  help: 'Events that wait for their turn to begin an order, counted up to 1000000',
  registers: [registry],
});
const rankedOldest = new Gauge({
  name: 'outbox_in_line_oldest_age_seconds',
  help: 'Age of the oldest event that waits for its turn to begin an order',
  registers: [registry],
});
const feedLag = new Gauge({
  name: 'event_feed_lag_seconds',
  help: 'Age of the oldest event that readers of the stream do not get because a transaction stays open',
  registers: [registry],
});

const COUNT_MAX = 10_000;

/** Reads the gauges of messaging whenever somebody scrapes; they are not a number while the database does not answer. */
@Injectable()
export class MessagingMetrics {
  constructor(outbox: OutboxRepository, deadLetters: DeadLettersRepository, feed: EventFeedRepository) {
    collectTogether(
      [waiting, oldest, ranked, rankedOldest],
      () => outbox.backlog(),
      (backlog) => {
        waiting.set(backlog?.waiting ?? Number.NaN);
        oldest.set(backlog?.oldestAgeSeconds ?? Number.NaN);
        ranked.set(backlog?.ranked.waiting ?? Number.NaN);
        rankedOldest.set(backlog?.ranked.oldestAgeSeconds ?? Number.NaN);
      },
    );
    collectTogether(
      [deadLettersOpen],
      () => deadLetters.count({ openOnly: true }, COUNT_MAX),
      (count) => deadLettersOpen.set(count ?? Number.NaN),
    );
    collectTogether(
      [feedLag],
      () => feed.lag(),
      (lag) => feedLag.set(lag?.seconds ?? Number.NaN),
    );
  }
}
