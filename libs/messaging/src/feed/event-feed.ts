import { setTimeout as sleep } from 'node:timers/promises';
import { type Logger, registry } from '@app/platform';
import pLimit from 'p-limit';
import { Counter } from 'prom-client';
import type { EventEnvelope } from '../outbox/event';
import type { EventFeedRepository } from './event-feed.repository';
import type { FeedCursor } from './feed-cursor';
import { FeedReader, type FeedSource } from './feed-reader';
import { type FeedItem, RecentEvents } from './recent-events';

const PAGE_SIZE = 1000;
const PAUSE_MS_MIN = 100;
const PAUSE_MS_MAX = 500;
const FAILURE_PAUSE_MS = 1000;
/** About 3 MB. Above what one page brings, so that a reader is not behind because of a single poll. */
const RECENT_MAX = 5 * PAGE_SIZE;
/** Ten readers with old ids made others ten times slower when two at a time read pages of 1,000 without a pause. */
const REPLAYS_AT_ONCE_MAX = 1;
const REPLAY_PAGE_SIZE = 250;
/** After a page the replays rest for so many times as long as it took: they get a fifth of the time, a short page costs a short rest. */
const REST_PER_WORK = 4;
const REST_MS_MAX = 500;
/** Somebody who missed more is told so, and reads what he wants to know instead. */
const REPLAY_EVENTS_MAX = 50_000;

const reads = new Counter({
  name: 'event_feed_reads_total',
  help: 'Pages read from the event feed: by the one poll for all readers, and for the replays of single ones',
  labelNames: ['by'],
  registers: [registry],
});
const failures = new Counter({
  name: 'event_feed_failures_total',
  help: 'Polls of the event feed that failed; they are repeated',
  registers: [registry],
});

export interface FeedOptions<Item> {
  types: readonly string[];
  /** What readers get of an event; made once for all of them. Undefined leaves the event out. */
  toItem: (envelope: EventEnvelope) => Item | undefined;
  /** Events, of any type, that one reader may have missed (50,000). */
  replayEventsMax?: number;
}

/**
 * The events of some types, for any number of readers in this process, with one poll of the database for all of them, and none
 * while nobody reads. Polling it is: a NOTIFY in every transaction halves what the database can place (14,061 → 6,556 per
 * second). It is answered within 100 ms while events come, 500 ms otherwise.
 */
export class EventFeed<Item> implements FeedSource<Item> {
  recent: RecentEvents<Item> | undefined;
  private readonly readers = new Set<FeedReader<Item>>();
  private readonly waiting = new Set<() => void>();
  private readonly replays = pLimit(REPLAYS_AT_ONCE_MAX);
  private loop: Promise<void> | undefined;
  private readonly stopping = new AbortController();

  constructor(
    private readonly repository: EventFeedRepository,
    private readonly logger: Logger,
    private readonly options: FeedOptions<Item>,
  ) {}

  /** A reader of everything after a cursor, or from now on. Rejects when "now" cannot be asked of the database. */
  async open(after?: FeedCursor): Promise<FeedReader<Item>> {
    const cursor = after ?? this.recent?.position ?? (await this.repository.now());
    const reader = new FeedReader(this, cursor, after === undefined);
    this.readers.add(reader);
    if (this.stopping.signal.aborted) reader.close();
    else this.loop ??= this.run();
    return reader;
  }

  /** Closes all readers and ends the poll. */
  async stop(): Promise<void> {
    this.stopping.abort();
    for (const reader of this.readers) reader.close();
    await this.loop;
  }

  async readPage(after: FeedCursor, { isFirst, left }: { isFirst: boolean; left: AbortSignal }) {
    const { types, replayEventsMax = REPLAY_EVENTS_MAX } = this.options;
    return this.replays(async () => {
      // Readers that leave and come back, again and again, would otherwise pile up pages that nobody wants.
      if (left.aborted) return { items: [], position: after, isFull: false };
      const begun = performance.now();
      reads.inc({ by: 'replay' });
      const page = await this.repository.readAfter(types, after, REPLAY_PAGE_SIZE);
      const isTooFar =
        isFirst && page.isFull && !page.gap && (await this.repository.hasMoreThan(after, replayEventsMax));
      const result = isTooFar
        ? { items: [], position: await this.repository.now(), isFull: false, gap: 'too_many' as const }
        : { ...page, items: this.toItems(page.events) };
      // It holds the turn of the replays; the poll goes on meanwhile.
      if (page.isFull) await this.pause(Math.min(REST_MS_MAX, (performance.now() - begun) * REST_PER_WORK));
      return result;
    });
  }

  onChange(wake: () => void): () => void {
    this.waiting.add(wake);
    return () => this.waiting.delete(wake);
  }

  leave(reader: FeedReader<Item>): void {
    this.readers.delete(reader);
  }

  private async run(): Promise<void> {
    let pauseMs = PAUSE_MS_MIN;
    while (this.readers.size > 0 && !this.stopping.signal.aborted) {
      try {
        const found = await this.poll();
        pauseMs = found === 'nothing' ? Math.min(PAUSE_MS_MAX, pauseMs * 1.5) : PAUSE_MS_MIN;
        if (found !== 'more') await this.pause(pauseMs);
      } catch (error) {
        failures.inc();
        this.logger.warn({ err: error }, 'event_feed.poll_failed');
        await this.pause(FAILURE_PAUSE_MS);
      }
    }
    this.recent = undefined;
    this.loop = undefined;
  }

  private async poll(): Promise<'nothing' | 'some' | 'more'> {
    reads.inc({ by: 'poll' });
    if (!this.recent) {
      this.restartAt(await this.repository.now());
      return 'some';
    }
    const page = await this.repository.readAfter(this.options.types, this.recent.position, PAGE_SIZE);
    if (page.gap) {
      // Its readers are ended by that; they come back with their last cursor and are told.
      this.logger.warn({ gap: page.gap }, 'event_feed.gap');
      this.restartAt(page.position);
      return 'some';
    }
    this.recent.add(this.toItems(page.events), page.position);
    if (page.events.length > 0) this.wakeAll();
    if (page.isFull) return 'more';
    return page.events.length > 0 ? 'some' : 'nothing';
  }

  private restartAt(position: FeedCursor): void {
    this.recent = new RecentEvents(position, RECENT_MAX);
    this.wakeAll();
  }

  private toItems(events: { cursor: FeedCursor; envelope: EventEnvelope }[]): FeedItem<Item>[] {
    return events.flatMap(({ cursor, envelope }) => {
      const item = this.options.toItem(envelope);
      return item === undefined ? [] : [{ cursor, item }];
    });
  }

  private wakeAll(): void {
    const waiting = [...this.waiting];
    this.waiting.clear();
    for (const wake of waiting) wake();
  }

  /** Ends early when the feed is stopped. */
  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
