import { setTimeout as sleep } from 'node:timers/promises';
import { isConnectionLoss, isPoolExhausted } from '@app/platform';
import { compareFeedCursors, type FeedCursor } from './feed-cursor';
import type { FeedGap } from './event-feed.repository';
import type { FeedItem, RecentEvents } from './recent-events';

/** Events in one batch at most. */
const BATCH_MAX = 1000;
const FAILURE_PAUSE_MS = 1000;

export interface FeedBatch<Item> {
  items: FeedItem<Item>[];
  /** Events before this batch may be missing, for this reason. */
  gap?: FeedGap;
  /** Where to go on after this batch. */
  position: FeedCursor;
}

/** What readers need of the feed that they belong to. */
export interface FeedSource<Item> {
  /** Undefined until the first poll has succeeded. */
  readonly recent: RecentEvents<Item> | undefined;
  /** The first page of a reader may also say that there are too many. Nothing is read for a reader that has left meanwhile. */
  readPage(
    after: FeedCursor,
    reader: { isFirst: boolean; left: AbortSignal },
  ): Promise<FeedBatch<Item> & { isFull: boolean }>;
  /** Calls once, at the next change of `recent`; returns how to take that back. */
  onChange(wake: () => void): () => void;
  leave(reader: FeedReader<Item>): void;
}

/** The reader was not as fast as the events, and the next one has made room for newer ones. */
export class FellBehindError extends Error {
  override readonly name = 'FellBehindError';
}

/**
 * One reader's way through the feed: from the database in pages while its cursor is older than what the process holds in memory,
 * from memory afterwards. It asks for each batch when it is ready for it, so nothing piles up for a slow one.
 */
export class FeedReader<Item> {
  private readonly closing = new AbortController();
  private isIdle = false;
  private live: RecentEvents<Item> | undefined;
  private wake: () => void = () => undefined;

  constructor(
    private readonly source: FeedSource<Item>,
    private cursor: FeedCursor,
    /** False for one that came from outside: the database is asked whether it can be one of its own. */
    private isKnown: boolean,
  ) {}

  /** Everything up to here was given out. It moves on while nothing happens, so that a later replay is short. */
  get position(): FeedCursor {
    const read = this.isIdle ? this.live?.position : undefined;
    return read && compareFeedCursors(read, this.cursor) > 0 ? read : this.cursor;
  }

  /** Whether `next` would throw FellBehindError. */
  get isBehind(): boolean {
    const { recent } = this.source;
    return this.live !== undefined && (this.live !== recent || !recent.covers(this.cursor));
  }

  /**
   * The next batch, as soon as there is one; undefined once the reader is closed. A database that is away is waited for.
   * Throws FellBehindError: the reader may begin again at its last position.
   */
  async next(): Promise<FeedBatch<Item> | undefined> {
    while (!this.isClosed) {
      const { recent } = this.source;
      if (this.isBehind)
        throw new FellBehindError('Newer events have replaced those that the reader has not taken yet.');
      if (!recent?.covers(this.cursor) || (!this.isKnown && compareFeedCursors(this.cursor, recent.position) > 0)) {
        const page = await this.readPage();
        if (page?.gap !== undefined || page?.items.length) return page;
        continue;
      }
      this.live = recent;
      const items = recent.after(this.cursor, BATCH_MAX);
      if (items.length > 0) {
        this.cursor = items.at(-1)!.cursor;
        return { items, position: this.cursor };
      }
      this.isIdle = true;
      await this.change();
    }
    return undefined;
  }

  /** Ends a `next` that waits. */
  close(): void {
    if (this.isClosed) return;
    this.closing.abort();
    this.source.leave(this);
    this.wake();
  }

  private async readPage(): Promise<FeedBatch<Item> | undefined> {
    try {
      const { isFull, ...page } = await this.source.readPage(this.cursor, {
        isFirst: !this.isKnown,
        left: this.closing.signal,
      });
      if (this.isClosed) return undefined;
      this.cursor = page.position;
      this.isKnown = true;
      // All is read, but the process holds nothing in memory yet: wait until it does instead of asking again and again.
      if (!isFull && page.items.length === 0 && !this.source.recent) await this.change();
      return page;
    } catch (error) {
      if (!isConnectionLoss(error) && !isPoolExhausted(error)) throw error;
      await sleep(FAILURE_PAUSE_MS, undefined, { signal: this.closing.signal }).catch(() => undefined);
      return undefined;
    }
  }

  /** Resolves at the next change of what the process holds in memory, and when the reader is closed. */
  private change(): Promise<void> {
    if (this.isClosed) return Promise.resolve();
    return new Promise((resolve) => {
      const forget = this.source.onChange(() => this.wake());
      this.wake = () => {
        forget();
        this.isIdle = false;
        resolve();
      };
    });
  }

  private get isClosed(): boolean {
    return this.closing.signal.aborted;
  }
}
