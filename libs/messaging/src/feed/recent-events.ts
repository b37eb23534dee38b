import { compareFeedCursors, type FeedCursor } from './feed-cursor';

/** One event of the feed as its readers get it. */
export interface FeedItem<Item> {
  cursor: FeedCursor;
  item: Item;
}

/**
 * The newest events of the feed, shared by all readers of the process: each reader holds only its cursor. The oldest make room
 * for new ones, so that it never grows, however slow a reader is.
 */
export class RecentEvents<Item> {
  private readonly items: FeedItem<Item>[] = [];
  private from: FeedCursor;
  /** Everything up to here was read from the feed. */
  position: FeedCursor;

  constructor(
    start: FeedCursor,
    private readonly itemsMax: number,
  ) {
    this.from = start;
    this.position = start;
  }

  /** Adds all that there is between `position` and the new one. */
  add(items: readonly FeedItem<Item>[], position: FeedCursor): void {
    this.position = position;
    this.items.push(...items);
    const surplus = this.items.length - this.itemsMax;
    if (surplus > 0) this.from = this.items.splice(0, surplus).at(-1)!.cursor;
  }

  /** Whether everything after this cursor is still here. */
  covers(cursor: FeedCursor): boolean {
    return compareFeedCursors(cursor, this.from) >= 0;
  }

  /** The first items after a cursor that is covered, at most `limit`. */
  after(cursor: FeedCursor, limit: number): FeedItem<Item>[] {
    let low = 0;
    let high = this.items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareFeedCursors(this.items[middle]!.cursor, cursor) <= 0) low = middle + 1;
      else high = middle;
    }
    return this.items.slice(low, low + limit);
  }
}
