import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Counts of orders that always agree with the table and cost the same at any size. Statement triggers append what a statement
 * changed as a delta, so that no write path can forget it and no counter row becomes the one that every transaction waits for.
 * A periodic job folds the deltas into totals per state and, for the last day, per minute of placement.
 */
export class OrderStatistics1763600100000 implements MigrationInterface {
  name = 'OrderStatistics1763600100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table orders.statistics_deltas (
        id bigint generated always as identity primary key,
        minute timestamptz not null,
        status text not null,
        orders bigint not null,
        total_minor numeric not null,
        processing_ms numeric not null
      );
      create table orders.statistics_totals (
        status text primary key,
        orders bigint not null,
        processing_ms numeric not null
      );
      create table orders.statistics_minutes (
        minute timestamptz not null,
        status text not null,
        orders bigint not null,
        total_minor numeric not null,
        primary key (minute, status)
      );

      create function orders.count_inserted() returns trigger language plpgsql as $$
      begin
        insert into orders.statistics_deltas (minute, status, orders, total_minor, processing_ms)
        select date_trunc('minute', created_at), status, count(*), sum(total_minor),
               coalesce(sum(extract(epoch from completed_at - created_at) * 1000), 0)
          from new_rows group by 1, 2;
        return null;
      end $$;

      create function orders.count_updated() returns trigger language plpgsql as $$
      begin
        insert into orders.statistics_deltas (minute, status, orders, total_minor, processing_ms)
        select date_trunc('minute', created_at), status, sum(sign), sum(sign * total_minor),
               coalesce(sum(sign * extract(epoch from completed_at - created_at) * 1000), 0)
          from (select 1 as sign, created_at, status, total_minor, completed_at from new_rows
                union all
                select -1, created_at, status, total_minor, completed_at from old_rows) changed
         group by 1, 2
        having sum(sign) <> 0 or sum(sign * total_minor) <> 0
            or coalesce(sum(sign * extract(epoch from completed_at - created_at) * 1000), 0) <> 0;
        return null;
      end $$;

      create function orders.count_deleted() returns trigger language plpgsql as $$
      begin
        insert into orders.statistics_deltas (minute, status, orders, total_minor, processing_ms)
        select date_trunc('minute', created_at), status, -count(*), -sum(total_minor),
               -coalesce(sum(extract(epoch from completed_at - created_at) * 1000), 0)
          from old_rows group by 1, 2;
        return null;
      end $$;

      create trigger count_inserted after insert on orders.orders referencing new table as new_rows
        for each statement execute function orders.count_inserted();
      create trigger count_updated after update on orders.orders referencing old table as old_rows new table as new_rows
        for each statement execute function orders.count_updated();
      create trigger count_deleted after delete on orders.orders referencing old table as old_rows
        for each statement execute function orders.count_deleted();

      insert into orders.statistics_deltas (minute, status, orders, total_minor, processing_ms)
      select date_trunc('minute', created_at), status, count(*), sum(total_minor),
             coalesce(sum(extract(epoch from completed_at - created_at) * 1000), 0)
        from orders.orders group by 1, 2;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger count_inserted on orders.orders;
      drop trigger count_updated on orders.orders;
      drop trigger count_deleted on orders.orders;
      drop function orders.count_inserted();
      drop function orders.count_updated();
      drop function orders.count_deleted();
      drop table orders.statistics_minutes, orders.statistics_totals, orders.statistics_deltas;
    `);
  }
}
