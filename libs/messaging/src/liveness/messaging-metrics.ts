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

const inLine = new Gauge({
  name: 'outbox_in_line_events',
  help: 'Events that wait in line to begin an order, counted up to 1000000',
  registers: [registry],
});
const inLineOldest = new Gauge({
  name: 'outbox_in_line_oldest_age_seconds',
  help: 'Age of the oldest event that waits in line to begin an order',
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
      [waiting, oldest, inLine, inLineOldest],
      () => outbox.backlog(),
      (backlog) => {
        waiting.set(backlog?.waiting ?? Number.NaN);
        oldest.set(backlog?.oldestAgeSeconds ?? Number.NaN);
        inLine.set(backlog?.inLine.waiting ?? Number.NaN);
        inLineOldest.set(backlog?.inLine.oldestAgeSeconds ?? Number.NaN);
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
