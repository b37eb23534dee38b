import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `audit.track(table)` makes a table remember: every superseded version of a row is kept in `audit.<name>_versions`, by triggers
 * on the table itself, so that no write path can forget it, a statement typed by hand included.
 *
 * A tracked table has the columns id, version, updated_at, changed_by, request_id, change_reason. Code that writes sets of rows
 * writes them itself, each row with its own request id. For every other write a row trigger, which fires only when the statement
 * did not count the version up, fills them from the transaction's settings app.actor, app.request_id, app.reason; without those
 * the actor is the SQL user. The copies are taken once per statement from its transition table: a row trigger costs a function
 * call per row on the hot path.
 */
export class Versions1763600000000 implements MigrationInterface {
  name = 'Versions1763600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function audit.stamp_version() returns trigger language plpgsql as $$
      begin
        new.version := old.version + 1;
        new.updated_at := greatest(clock_timestamp(), old.updated_at);
        new.changed_by := coalesce(nullif(current_setting('app.actor', true), ''), 'sql:' || session_user);
        new.request_id := nullif(current_setting('app.request_id', true), '');
        new.change_reason := nullif(current_setting('app.reason', true), '');
        return new;
      end $$;

      create function audit.refuse_version_jump() returns trigger language plpgsql as $$
      begin
        raise exception 'version of % % must go from % to %, not to %',
          tg_table_name, old.id, old.version, old.version + 1, new.version using errcode = 'check_violation';
      end $$;

      create procedure audit.track(tracked regclass, name text, id_type text) language plpgsql as $$
      begin
        execute format('create table audit.%I (id %s not null, version integer not null, row jsonb not null,
                          superseded_at timestamptz not null default clock_timestamp(), primary key (id, version))',
                       name || '_versions', id_type);
        execute format('create function audit.%I() returns trigger language plpgsql as $body$
                          begin insert into audit.%I (id, version, row) select id, version, to_jsonb(old_rows) from old_rows;
                          return null; end $body$', 'keep_' || name, name || '_versions');
        execute format('create trigger stamp_version before update on %s for each row
                          when (new.version = old.version) execute function audit.stamp_version()', tracked);
        execute format('create trigger refuse_version_jump before update on %s for each row
                          when (new.version <> old.version and new.version <> old.version + 1)
                          execute function audit.refuse_version_jump()', tracked);
        execute format('create trigger keep_updated after update on %s referencing old table as old_rows
                          for each statement execute function audit.%I()', tracked, 'keep_' || name);
        execute format('create trigger keep_deleted after delete on %s referencing old table as old_rows
                          for each statement execute function audit.%I()', tracked, 'keep_' || name);
      end $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop procedure audit.track(regclass, text, text);
      drop function audit.refuse_version_jump();
      drop function audit.stamp_version();
    `);
  }
}
