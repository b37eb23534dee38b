import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type EventEnvelope, occurredAt } from '../outbox/event';
import { compareFeedCursors, type FeedCursor, feedCursorBefore } from './feed-cursor';

/** Why events between a cursor and the next one that is there may be missing. */
export type FeedGap =
  /** They were removed after their retention. */
  | 'expired'
  /** The cursor is of another database, or of a state of this one that was lost. */
  | 'unknown'
  /** There are more of them than one reader gets. */
  | 'too_many';

export interface FeedPage {
  events: { cursor: FeedCursor; envelope: EventEnvelope }[];
  /** Everything up to here was read, whether or not it had one of the types. */
  position: FeedCursor;
  /** There may be more after `position`. */
  isFull: boolean;
  /** Set when the feed does not go back to the cursor that was given. The page is empty then; `position` is where it begins. */
  gap?: FeedGap;
}

export interface FeedLag {
  seconds: number;
  heldBy: { pid: number; application: string } | null;
}

interface Bounds {
  horizon: string;
  floor_tx: string;
  floor_version: number;
  floor_id: string;
}

/** The oldest transaction that still runs, and the cursor of the last row that was removed. */
const BOUNDS = `pg_snapshot_xmin(pg_current_snapshot())::text as horizon,
              floor.tx::text as floor_tx, floor.aggregate_version as floor_version, floor.id as floor_id`;

/** Reads the outbox as a feed: all events of some types, each once, in an order that never changes. */
@Injectable()
export class EventFeedRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The cursor before everything that is not committed yet. */
  async now(): Promise<FeedCursor> {
    const [row] = await this.dataSource.query<[Bounds]>(`select ${BOUNDS} from messaging.feed_floor floor`);
    return boundsOf(row).end;
  }

  /**
   * Reads up to `limit` events after a cursor, and gives those of some types. It stops at the oldest transaction that still runs: one that
   * commits late stands before what is read later, never behind a cursor. A transaction that stays open therefore holds all readers up,
   * for `DB_IDLE_IN_TRANSACTION_TIMEOUT_MS` at most when it is one of ours. Rows, horizon and floor are of one snapshot.
   * 1000 rows anywhere in an outbox of 1,000,000: 5 ms, from the index; nothing new: 0.3 ms.
   *
   * Types are chosen afterwards: Postgres would take them for rare before the outbox is analyzed, and read all of it to sort the few.
   */
  async readAfter(types: readonly string[], after: FeedCursor, limit: number): Promise<FeedPage> {
    const [row] = await this.dataSource.query<[Bounds & { events: (EventEnvelope & { tx: string })[] }]>(
      `select ${BOUNDS},
              (select coalesce(json_agg(event), '[]')
                 from (select id, type, occurred_at, aggregate_id, aggregate_version, correlation_id,
                              case when type = any($1::text[]) then payload end as payload, tx::text
                         from messaging.outbox
                        where (tx, aggregate_version, id) > ($2::text::xid8, $3::integer, $4::uuid)
                          and tx < pg_snapshot_xmin(pg_current_snapshot())
                        order by outbox.tx, aggregate_version, id
                        limit $5) event) as events
         from messaging.feed_floor floor`,
      [types, String(after.tx), after.version, after.id, limit],
    );
    const { floor, end } = boundsOf(row);
    if (compareFeedCursors(after, end) > 0) return { events: [], position: end, isFull: false, gap: 'unknown' };
    if (compareFeedCursors(after, floor) < 0) return { events: [], position: floor, isFull: true, gap: 'expired' };
    const read = row.events.map(({ tx, ...envelope }) => ({
      cursor: { tx: BigInt(tx), version: envelope.aggregate_version, id: envelope.id },
      envelope: { ...envelope, occurred_at: occurredAt(envelope.occurred_at) },
    }));
    const isFull = read.length === limit;
    return {
      events: read.filter(({ envelope }) => types.includes(envelope.type)),
      position: isFull ? read.at(-1)!.cursor : end,
      isFull,
    };
  }

  /**
   * How long the oldest event that readers cannot see yet has been there, and the oldest open transaction, which holds it back, as
   * far as this role may see it. Reads one entry of the index.
   */
  async lag(): Promise<FeedLag> {
    const [row] = await this.dataSource.query<[{ seconds: number; pid: number | null; application: string | null }]>(
      `select coalesce((select greatest(0, extract(epoch from now() - occurred_at))::float8 from messaging.outbox
                         where tx >= pg_snapshot_xmin(pg_current_snapshot())
                         order by outbox.tx, aggregate_version, id limit 1), 0) as seconds,
              holder.pid, holder.application
         from (select) always
         left join (select pid, coalesce(nullif(application_name, ''), usename, 'unnamed') as application
                      from pg_stat_activity where backend_xid is not null and pid <> pg_backend_pid()
                     order by age(backend_xid) desc limit 1) holder on true`,
    );
    const heldBy = row.pid === null ? null : { pid: row.pid, application: row.application ?? '' };
    return { seconds: row.seconds, heldBy };
  }

  /** Whether more than `count` events of any type stand after a cursor. It reads as many entries of the index, and no more. */
  async hasMoreThan(after: FeedCursor, count: number): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(
      `select 1 from messaging.outbox
        where (tx, aggregate_version, id) > ($1::text::xid8, $2::integer, $3::uuid)
        order by outbox.tx, aggregate_version, id
       offset $4 limit 1`,
      [String(after.tx), after.version, after.id, count],
    );
    return rows.length > 0;
  }
}

function boundsOf(row: Bounds): { floor: FeedCursor; end: FeedCursor } {
  const floor = { tx: BigInt(row.floor_tx), version: row.floor_version, id: row.floor_id };
  const horizon = feedCursorBefore(BigInt(row.horizon));
  // Rows above the horizon are gone when the outbox is emptied while a transaction stays open.
  return { floor, end: compareFeedCursors(horizon, floor) < 0 ? floor : horizon };
}
