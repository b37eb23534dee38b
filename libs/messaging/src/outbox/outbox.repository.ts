import type { AnyTx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type EventEnvelope, occurredAt } from './event';

/** What is to leave at once is counted up to here: more says no more. */
const OUTBOX_COUNT_MAX = 10_000;
/** What waits for its turn is counted up to here: how long it will take is worth knowing. */
const RANKED_COUNT_MAX = 1_000_000;
const RANK_MAX = 3;
/** An id that is further ahead than the clocks of two machines can differ comes from a clock that was wrong. */
const AHEAD_MS_MIN = 3_600_000;

export interface OutboxBacklog {
  waiting: number;
  oldestAgeSeconds: number;
  oldestType: string | null;
  ranked: { waiting: number; oldestAgeSeconds: number };
}

const IS_CLAIMABLE = `type = any($4) and (locked_until is null or locked_until < now())`;

/**
 * SQL: an event of this aggregate is not published yet, so somebody is going to act on it. For the statements of other contexts,
 * which do not name the tables of this one. One probe of an index that holds what is unpublished.
 */
export function hasUnpublishedEvent(aggregateId: string): string {
  return `exists (select from messaging.outbox unpublished
                   where unpublished.published_at is null and unpublished.aggregate_id = ${aggregateId} offset 0)`;
}

/**
 * SQL: an event of this aggregate waited for its turn and was given to the queue within the last `minutes`, so a worker has it or is going to
 * take it. One probe of an index that holds one entry per event that waited.
 */
export function wasQueuedWithin(minutes: string, aggregateId: string): string {
  return `exists (select from messaging.outbox queued
                   where queued.rank is not null and queued.published_at >= now() - ${minutes} * interval '1 minute'
                     and queued.aggregate_id = ${aggregateId} offset 0)`;
}

/**
 * SQL: an event of this aggregate waits in the outbox and no relay holds it, so it is still to be sent. One that a relay holds may
 * have been sent already, to a queue that lost it since, and is marked as published all the same: it is nothing to count on.
 */
export function hasUnclaimedEvent(aggregateId: string): string {
  return `exists (select from messaging.outbox unclaimed
                   where unclaimed.published_at is null and unclaimed.locked_by is null
                     and unclaimed.aggregate_id = ${aggregateId} offset 0)`;
}

/** An event on its way out. */
export interface ClaimedEvent extends EventEnvelope {
  /** How often it was sent again after it had become a dead letter. */
  replays: number;
  /** The names of the subscriptions that alone it is sent to, as a replay of their dead letters; null when it is for all. */
  subscriptions: string[] | null;
  /** It waited for its turn among those of this rank; null when it leaves at once. */
  rank: number | null;
}

@Injectable()
export class OutboxRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Leases unpublished events of these types to `owner`: up to `limit` of those that leave at once, and of each rank as
   * many as it has places (never more than the rank before it) that the ranks before it leave free, oldest first. They come in the
   * order in which they are to be sent: what leaves at once, then rank by rank. An event waits while an earlier one of its aggregate
   * that leaves at once is not yet published, so that these leave in order whatever the number of relays. One with a rank keeps nothing
   * back: it may wait for an hour. Claimed by state, not by a cursor: a cursor over a sequence skips rows whose transaction commits
   * late.
   *
   * No plan of this is bad, whatever the planner believes: the candidates are few before anything else is asked about them, and
   * come in an order that only their own index has (`published_at` is always null there; by `id` alone the primary key would
   * do, with all that is published); the probe for earlier ones stays a probe per candidate (`offset 0`) of the one index that
   * `coalesce` leaves it; the update takes its rows by id. As one `not exists` beneath the limit, with statistics from before a
   * burst, it read 27 million rows for a claim and timed out for minutes.
   */
  async claimUnpublished(
    owner: string,
    leaseMs: number,
    limit: number,
    types: readonly string[],
    placesByRank: ReadonlyMap<number, number> = new Map(),
  ): Promise<ClaimedEvent[]> {
    const [rows] = await this.dataSource.query<
      [(Omit<ClaimedEvent, 'occurred_at'> & { occurred_at: Date | number })[], number]
    >(
      `with leaving_at_once as materialized (
         select id, aggregate_id, aggregate_version from messaging.outbox
          where published_at is null and rank is null and ${IS_CLAIMABLE}
          order by published_at, id limit $3 for update skip locked),
       ranked as materialized (
         select next.*, place.free, row_number() over (order by place.rank, next.id) as position
           from unnest($5::smallint[], $6::integer[]) place (rank, free) cross join lateral (
             select id, aggregate_id, aggregate_version from messaging.outbox
              where published_at is null and rank = place.rank and ${IS_CLAIMABLE}
              order by published_at, id limit place.free for update skip locked) next),
       claimed as materialized (
         select id from (select * from leaving_at_once
                         union all
                         select id, aggregate_id, aggregate_version from ranked where position <= free) candidate
          where not exists (
            select 1 from messaging.outbox earlier
             where earlier.published_at is null and coalesce(earlier.rank, 0) = 0
               and earlier.aggregate_id = candidate.aggregate_id
               and earlier.aggregate_version < candidate.aggregate_version
            offset 0))
       update messaging.outbox
          set locked_by = $1, locked_until = now() + $2 * interval '1 millisecond'
        where id = any(array(select id from claimed))
       returning id, type, aggregate_id, aggregate_version, correlation_id, payload, occurred_at, replays, rank, subscriptions`,
      [owner, leaseMs, limit, types, [...placesByRank.keys()], [...placesByRank.values()]],
    );
    return rows
      .map((row) => ({ ...row, occurred_at: occurredAt(row.occurred_at) }))
      .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || (a.id < b.id ? -1 : 1));
  }

  /** Marks as published what `owner` still holds. What it lost to a lease that ran out is published twice, by contract. */
  async markPublished(owner: string, ids: readonly string[]): Promise<void> {
    await this.dataSource.query(
      `update messaging.outbox set published_at = now(), locked_by = null, locked_until = null
        where id = any($1::uuid[]) and locked_by = $2`,
      [ids, owner],
    );
  }

  /** Gives a claim back at once, so that the next try need not wait for the lease to run out. */
  async release(owner: string, ids: readonly string[]): Promise<void> {
    await this.dataSource.query(
      `update messaging.outbox set locked_by = null, locked_until = null where id = any($1::uuid[]) and locked_by = $2`,
      [ids, owner],
    );
  }

  /** What is not published yet: how much of what leaves at once (counted up to {@link OUTBOX_COUNT_MAX}), and how much waits for its turn. */
  async backlog(): Promise<OutboxBacklog> {
    const [row] = await this.dataSource.query<
      [{ waiting: number; age: number | null; type: string | null; ranked: number; ranked_age: number | null }]
    >(
      `select (select count(*) from (select 1 from messaging.outbox where published_at is null and rank is null limit ${OUTBOX_COUNT_MAX}) capped)::int as waiting,
              oldest.age, oldest.type,
              (select count(*) from (select 1 from messaging.outbox where published_at is null and rank is not null limit ${RANKED_COUNT_MAX}) capped)::int as ranked,
              (select max(extract(epoch from now() - first.occurred_at))::float8
                 from generate_series(1, ${RANK_MAX}) each (rank) cross join lateral (
                   select occurred_at from messaging.outbox
                    where published_at is null and rank = each.rank order by published_at, id limit 1) first) as ranked_age
         from (select) always
         left join (select extract(epoch from now() - occurred_at)::float8 as age, type from messaging.outbox
                     where published_at is null and rank is null order by published_at, id limit 1) oldest on true`,
    );
    return {
      waiting: row.waiting,
      oldestAgeSeconds: Math.max(0, row.age ?? 0),
      oldestType: row.type,
      ranked: { waiting: row.ranked, oldestAgeSeconds: Math.max(0, row.ranked_age ?? 0) },
    };
  }

  /** Which of these aggregates have an event that is still to be sent: see {@link hasUnclaimedEvent}. */
  async findUnclaimed(tx: Pick<AnyTx, 'query'>, aggregateIds: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ id: string }[]>(
      `select given.id from unnest($1::uuid[]) given (id) where ${hasUnclaimedEvent('given.id')}`,
      [aggregateIds],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * Removes up to `limit` rows that were published before the retention time and returns how many. Ids are UUIDv7: the oldest rows
   * are the first of the primary key, no index on published_at is needed. Rows from a clock that was ahead are the last of it: they
   * go once their publication is past, or is as far ahead as no publication can be.
   */
  async deletePublished(retentionHours: number, limit: number): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown, number]>(
      `with old as materialized (
         select id from messaging.outbox
          where published_at < now() - $1 * interval '1 hour' and id < $2
          order by id limit $4 for update skip locked),
       ahead as materialized (
         select id from messaging.outbox
          where (published_at < now() - $1 * interval '1 hour' or published_at > now() + interval '1 hour') and id > $3
          order by id limit $4 for update skip locked)
       delete from messaging.outbox
        where id = any(array(select id from old union all select id from ahead limit $4))`,
      [
        retentionHours,
        firstIdAfter(Date.now() - retentionHours * 3_600_000),
        firstIdAfter(Date.now() + AHEAD_MS_MIN),
        limit,
      ],
    );
    return count;
  }
}

/** The smallest UUIDv7 of a millisecond. */
function firstIdAfter(epochMs: number): string {
  const hex = Math.max(0, Math.floor(epochMs)).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
