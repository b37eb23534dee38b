import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Puts the versions of one aggregate in their order in the feed, and remembers what the clean-up removed from it.
 *
 * The writing transaction's own id is not enough for the order. A batch that locks two orders gets its id with the first lock;
 * while it waits for the second, a transaction with a later id may move that order and commit. Ordered by transaction, the
 * batch's version 3 would come before the other's version 2. So a row also counts the last transaction that had completed
 * when its statement began: whoever held the lock before is among those. Ties are in the order of the versions.
 *
 * The floor is the cursor of the last row that was removed from the feed. It is kept by triggers, so that no clean-up, and
 * nobody's DELETE by hand, can leave a reader believing that it saw everything.
 */
export class FeedOrder1763600300000 implements MigrationInterface {
  name = 'FeedOrder1763600300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function messaging.feed_tx() returns xid8 language sql stable parallel unsafe as $$
        select greatest(pg_current_xact_id(), (pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1)::text::xid8)
      $$;
      alter table messaging.outbox alter column tx set default messaging.feed_tx();
      drop index messaging.outbox_feed;
      create index outbox_feed on messaging.outbox (tx, aggregate_version, id);

      create table messaging.feed_floor (
        only_row boolean primary key default true check (only_row),
        tx xid8 not null,
        aggregate_version integer not null,
        id uuid not null
      );
      insert into messaging.feed_floor (tx, aggregate_version, id)
      values ('0', 0, '00000000-0000-0000-0000-000000000000');

      create function messaging.raise_feed_floor() returns trigger language plpgsql as $$
      declare
        last record;
      begin
        if tg_op = 'DELETE' then
          select tx, aggregate_version, id into last
            from removed order by tx desc, aggregate_version desc, id desc limit 1;
        else
          select tx, aggregate_version, id into last
            from messaging.outbox order by tx desc, aggregate_version desc, id desc limit 1;
        end if;
        update messaging.feed_floor as floor
           set tx = last.tx, aggregate_version = last.aggregate_version, id = last.id
         where (last.tx, last.aggregate_version, last.id) > (floor.tx, floor.aggregate_version, floor.id);
        return null;
      end $$;
      create trigger outbox_removed after delete on messaging.outbox
        referencing old table as removed for each statement execute function messaging.raise_feed_floor();
      create trigger outbox_emptied before truncate on messaging.outbox
        for each statement execute function messaging.raise_feed_floor();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger outbox_emptied on messaging.outbox;
      drop trigger outbox_removed on messaging.outbox;
      drop function messaging.raise_feed_floor();
      drop table messaging.feed_floor;
      drop index messaging.outbox_feed;
      create index outbox_feed on messaging.outbox (tx, id);
      alter table messaging.outbox alter column tx set default pg_current_xact_id();
      drop function messaging.feed_tx();
    `);
  }
}
