/**
 * A point of the feed: everything up to it was read. Events are ordered by `tx`, then by the version of what they are about,
 * then by id. A cursor need not be that of an event: version 0 stands before all events of its `tx`.
 */
export interface FeedCursor {
  tx: bigint;
  version: number;
  id: string;
}

const NIL = '00000000-0000-0000-0000-000000000000';
const TEXT = /^(\d{1,19})-(\d{1,10})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const TX_MAX = 2n ** 63n - 1n;
const VERSION_MAX = 2 ** 31 - 1;

/** The cursor before everything that `tx` and later transactions write. */
export function feedCursorBefore(tx: bigint): FeedCursor {
  return { tx, version: 0, id: NIL };
}

/** `<tx>-<version>-<event id>`: opaque for clients. */
export function formatFeedCursor({ tx, version, id }: FeedCursor): string {
  return `${tx}-${version}-${id}`;
}

/** Undefined when the text is not one that {@link formatFeedCursor} made. */
export function parseFeedCursor(text: string): FeedCursor | undefined {
  const [, tx, version, id] = TEXT.exec(text) ?? [];
  if (tx === undefined || BigInt(tx) > TX_MAX || Number(version) > VERSION_MAX) return undefined;
  return { tx: BigInt(tx), version: Number(version), id: id! };
}

/** Below 0 when `a` comes first, as Postgres compares them: UUIDs in lower case sort as their bytes. */
export function compareFeedCursors(a: FeedCursor, b: FeedCursor): number {
  if (a.tx !== b.tx) return a.tx < b.tx ? -1 : 1;
  if (a.version !== b.version) return a.version - b.version;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}
