import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who did what: the superseded versions of a table are found by who made them. Versions that the processes make, and requests
 * without a credential, are not in the index: they are most of them, and are found in the order of time. A version that was made by
 * a user or a key costs one entry when it is superseded. Built without blocking those who write, and again after a stop half way.
 */
export class ChangesByActor1764440000000 implements MigrationInterface {
  name = 'ChangesByActor1764440000000';
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A text with its offset means the same time everywhere; Postgres cannot know that there is always one.
      create or replace function audit.changed_at(version jsonb) returns timestamptz
        language sql immutable strict parallel safe as $$ select (version ->> 'updated_at')::timestamptz $$;

      create or replace procedure audit.track(tracked regclass, name text, id_type text) language plpgsql as $$
      begin
        call audit.track_changes(tracked, name, id_type);
        execute format('create index %I on audit.%I (superseded_at)', name || '_versions_by_age', name || '_versions');
        execute format('create index %I on audit.%I ((row ->> ''changed_by''), audit.changed_at(row), id, version)
                          where (row ->> ''changed_by'') <> all (array[''api'', ''worker'', ''scheduler''])',
                       name || '_versions_by_actor', name || '_versions');
      end $$`);
    for (const table of await versionTables(runner)) {
      await runner.query(`drop index concurrently if exists audit.${table}_by_actor`);
      await runner.query(
        `create index concurrently ${table}_by_actor on audit.${table} ((row ->> 'changed_by'), audit.changed_at(row), id, version)
          where (row ->> 'changed_by') <> all (array['api', 'worker', 'scheduler'])`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of await versionTables(runner)) await runner.query(`drop index if exists audit.${table}_by_actor`);
    await runner.query(`
      create or replace procedure audit.track(tracked regclass, name text, id_type text) language plpgsql as $$
      begin
        call audit.track_changes(tracked, name, id_type);
        execute format('create index %I on audit.%I (superseded_at)', name || '_versions_by_age', name || '_versions');
      end $$;
      drop function audit.changed_at(jsonb);`);
  }
}

async function versionTables(runner: QueryRunner): Promise<string[]> {
  const tables: { name: string }[] = await runner.query(
    `select tablename as name from pg_tables where schemaname = 'audit' and tablename like '%\\_versions' order by tablename`,
  );
  return tables.map(({ name }) => name);
}
