import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EventEnvelope } from './event';

/** Unpublished rows are counted up to here; above, the health figure says "at least". */
const OUTBOX_COUNT_MAX = 10_000;

/** An event on its way out. */
export interface ClaimedEvent extends EventEnvelope {
  /** How often it was sent again after it had become a dead letter. */
  replays: number;
}

@Injectable()
export class OutboxRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Leases up to `limit` unpublished events of these types to `owner`. An event waits while an earlier one of the same aggregate is not yet
   * published, so that events of one order leave in order whatever the number of relays. Claimed by state, not by a cursor: a
   * cursor over a sequence skips rows whose transaction commits late.
   */
  async claimUnpublished(
    owner: string,
    leaseMs: number,
    limit: number,
    types: readonly string[],
  ): Promise<ClaimedEvent[]> {
    const [rows] = await this.dataSource.query<[(Omit<ClaimedEvent, 'occurred_at'> & { occurred_at: Date })[], number]>(
      `update messaging.outbox
          set locked_by = $1, locked_until = now() + $2 * interval '1 millisecond'
        where id in (
          select candidate.id
            from messaging.outbox candidate
           where candidate.published_at is null and candidate.type = any($4)
             and (candidate.locked_until is null or candidate.locked_until < now())
             and not exists (
               select 1 from messaging.outbox earlier
                where earlier.published_at is null
                  and earlier.aggregate_id = candidate.aggregate_id
                  and earlier.aggregate_version < candidate.aggregate_version)
           order by candidate.id
           limit $3
             for update skip locked)
       returning id, type, aggregate_id, aggregate_version, correlation_id, payload, occurred_at, replays`,
      [owner, leaseMs, limit, types],
    );
    return rows
      .map((row) => ({ ...row, occurred_at: row.occurred_at.toISOString() }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
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

  /** How many events wait (counted up to {@link OUTBOX_COUNT_MAX}), how long the oldest has waited, and its type. */
  async backlog(): Promise<{ waiting: number; oldestAgeSeconds: number; oldestType: string | null }> {
    const [row] = await this.dataSource.query<[{ waiting: number; age: number | null; type: string | null }]>(
      `select (select count(*) from (select 1 from messaging.outbox where published_at is null limit ${OUTBOX_COUNT_MAX}) capped)::int as waiting,
              (select extract(epoch from now() - occurred_at)::float8 from messaging.outbox where published_at is null order by id limit 1) as age,
              (select type from messaging.outbox where published_at is null order by id limit 1) as type`,
    );
    return { waiting: row.waiting, oldestAgeSeconds: Math.max(0, row.age ?? 0), oldestType: row.type };
  }

  /** Removes up to `limit` rows that were published before the retention time and returns how many. */
  async deletePublished(retentionHours: number, limit: number): Promise<number> {
    // Ids are UUIDv7: the oldest rows are the first of the primary key, no index on published_at is needed.
    const [, count] = await this.dataSource.query<[unknown, number]>(
      `delete from messaging.outbox
        where id in (
          select id from messaging.outbox
           where published_at < now() - $1 * interval '1 hour' and id < $2
           order by id limit $3 for update skip locked)`,
      [retentionHours, firstIdAfter(Date.now() - retentionHours * 3_600_000), limit],
    );
    return count;
  }
}

/** The smallest UUIDv7 of a millisecond. */
function firstIdAfter(epochMs: number): string {
  const hex = Math.max(0, Math.floor(epochMs)).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
