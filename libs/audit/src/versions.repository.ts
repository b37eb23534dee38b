import type { AnyTx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type RowChange, rowHistory, type VersionRow } from './row-history';

/** A table that `audit.track` made remember, by the name that was given there. Written in code, never input. */
export interface TrackedTable {
  name: string;
  /** Where its rows are, with the schema. */
  live: string;
  /** The type of its ids. */
  idType: 'uuid' | 'bigint';
  /** SQL about the row `current`: true when it has come to rest, so that its old versions may go. Not given: always. */
  settled?: string;
}

/** Where the superseded versions of its rows are. */
export function versionsOf({ name }: TrackedTable): string {
  return `audit.${name}_versions`;
}

/** The condition under which the old versions of a row `current` may go. */
export function settledOf({ settled = 'true' }: TrackedTable): string {
  return settled;
}

export interface HistoryQuery {
  descending: boolean;
  /** Read on after this version. */
  after?: number;
  limit: number;
}

/** What came of some versions that may be old enough to go. */
export interface LookedAt {
  /** Old enough. */
  seen: number;
  removed: number;
}

@Injectable()
export class VersionsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The newest `limit` superseded versions of a row, the oldest of them first. The current version is in the table itself. */
  async findSuperseded<Row extends VersionRow = VersionRow>(
    table: TrackedTable,
    id: string | number,
    limit: number,
    tx: Pick<AnyTx, 'query'> = this.dataSource,
  ): Promise<Row[]> {
    const rows = await tx.query<{ row: Row }[]>(
      `select row from ${versionsOf(table)} where id = $1 order by version desc limit $2`,
      [id, limit],
    );
    return rows.map(({ row }) => row).reverse();
  }

  /** The newest `limit` versions that a row had until a time, the current one included if it is that old, newest first. */
  async findUntil<Row extends VersionRow = VersionRow>(
    table: TrackedTable,
    id: string | number,
    time: Date,
    limit: number,
  ): Promise<Row[]> {
    const rows = await this.dataSource.query<{ row: Row }[]>(
      `select row from (
         select version, to_jsonb(current) as row from ${table.live} current where id = $1
         union all
         select version, row from ${versionsOf(table)} where id = $1
       ) versions
       where (row ->> 'updated_at')::timestamptz <= $2
       order by version desc limit $3`,
      [id, time, limit],
    );
    return rows.map(({ row }) => row);
  }

  /** Versions of a row, the current one included, newest first, before the version given. Empty for a row that never was. */
  async find<Row extends VersionRow = VersionRow>(
    table: TrackedTable,
    id: string | number,
    limit: number,
    before?: number,
  ): Promise<Row[]> {
    const rows = await this.dataSource.query<{ row: Row }[]>(
      `select row from (
         select version, to_jsonb(current) as row from ${table.live} current where id = $1
         union all
         (select version, row from ${versionsOf(table)} where id = $1 and version < coalesce($2, 2147483647) order by version desc limit $3)
       ) versions
       where version < coalesce($2, 2147483647)
       order by version desc limit $3`,
      [id, before ?? null, limit],
    );
    return rows.map(({ row }) => row);
  }

  /** What changed in a row, by version, after the version given. */
  async findChanges<Row extends VersionRow = VersionRow>(
    table: TrackedTable,
    id: string | number,
    { descending, after, limit }: HistoryQuery,
  ): Promise<RowChange<Row>[]> {
    // One version more than asked for: a change is a difference to the version before.
    const before = descending ? after : (after ?? 0) + limit + 1;
    const versions = await this.find<Row>(table, id, limit + 1, before);
    const changes = rowHistory(versions, versions.length <= limit);
    const wanted = descending ? changes : changes.filter(({ row }) => row.version > (after ?? 0)).reverse();
    return wanted.slice(0, limit);
  }

  /** How many versions of a row there are, the current one included; counts to `max` at most. */
  async count(table: TrackedTable, id: string | number, max: number): Promise<number> {
    const [{ count }] = await this.dataSource.query<[{ count: number }]>(
      `select count(*) from (select from ${table.live} where id = $1
                             union all select from ${versionsOf(table)} where id = $1 limit $2) capped`,
      [id, max],
    );
    return count;
  }

  /** Records that versions superseded before now minus the retention may be gone, and returns that time. */
  async recordCleanUp({ name }: TrackedTable, retentionDays: number): Promise<Date> {
    const [{ cut_off }] = await this.dataSource.query<[{ cut_off: Date }]>(
      // A longer retention than last time does not bring back what is gone.
      `with asked as (select now() - $2 * interval '1 day' as cut_off),
       recorded as (
         insert into audit.clean_ups as done (name, cut_off) select $1, cut_off from asked
         on conflict (name) do update set cut_off = greatest(done.cut_off, excluded.cut_off))
       select cut_off from asked`,
      [name, retentionDays],
    );
    return cut_off;
  }

  /**
   * Looks at the `limit` oldest versions but the first `skip`, and removes those of them that were superseded before the cut-off and may
   * go. Versions of rows that are not settled stay, and so does every version with an older one that stays: a clock that was set back
   * must not leave a gap. Versions of a row have no gap either, so the n-th of it here may go when it is the n-th there is.
   *
   * The page is read from the index by age without a condition: no statistics make Postgres read and sort all that are old enough.
   * Then each version of it is one probe of both tables (`limit 1` and `offset 0` keep them probes). Written as two anti joins it was
   * planned for the small tables of some day, and read both from end to end for each page.
   */
  async deleteSuperseded(table: TrackedTable, cutOff: Date, limit: number, skip: number): Promise<LookedAt> {
    const versions = versionsOf(table);
    const [lookedAt] = await this.dataSource.query<[LookedAt]>(
      `with oldest as materialized (
         select ctid as place, superseded_at from ${versions} order by superseded_at limit $2 offset $3),
       page as materialized (
         select ctid as place, id, version from ${versions}
          where ctid = any(array(select place from oldest where superseded_at < $1)) for update skip locked),
       numbered as materialized (
         select place, id, version - row_number() over (partition by id order by version) as before from page),
       removed as (
         delete from ${versions} where ctid = any(array(
           select place from numbered
            where before = (select first.version - 1 from ${versions} first
                             where first.id = numbered.id order by first.version limit 1)
              and not exists (select from ${table.live} current
                               where current.id = numbered.id and not (${settledOf(table)}) offset 0)))
         returning id)
       select (select count(*) from page) as seen, (select count(*) from removed) as removed`,
      [cutOff, limit, skip],
    );
    return lookedAt;
  }
}
