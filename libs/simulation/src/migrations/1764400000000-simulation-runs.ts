import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Runs of the insertion simulation that somebody asked for over HTTP: a worker carries them out, and their reports are kept. The rows
 * that they insert are in databases of their own, in a schema `simulation` there. This one has another name: a store that is put into
 * the product's own database meets nothing of it.
 */
export class SimulationRuns1764400000000 implements MigrationInterface {
  name = 'SimulationRuns1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table simulation_runs.runs (
        id uuid primary key,
        status text not null check (status in ('queued', 'running', 'completed', 'failed')),
        options jsonb not null,
        total_rows integer not null check (total_rows > 0),
        inserted_rows integer not null default 0 check (inserted_rows >= 0),
        failed_rows integer not null default 0 check (failed_rows >= 0),
        failure_reason text,
        -- How often a worker began it. Who writes says which of them he is: one that was given up changes nothing any more.
        starts smallint not null default 0,
        created_by text not null,
        request_id text not null,
        created_at timestamptz(3) not null default now(),
        started_at timestamptz(3),
        progressed_at timestamptz(3) not null default now(),
        ended_at timestamptz(3),
        constraint runs_add_up check (inserted_rows + failed_rows <= total_rows),
        constraint runs_completed_have_all check (status <> 'completed' or inserted_rows + failed_rows = total_rows),
        constraint runs_failed_have_reason check ((status = 'failed') = (failure_reason is not null)),
        constraint runs_ended_have_time check ((status in ('completed', 'failed')) = (ended_at is not null)),
        constraint runs_begun_have_time check (status not in ('running', 'completed') or started_at is not null)
      );
      -- The stores are shared: a second run would empty those of the first.
      create unique index runs_one_at_a_time on simulation_runs.runs (status) where status = 'running';
      create index runs_under_way on simulation_runs.runs (progressed_at) where status in ('queued', 'running');
      create table simulation_runs.run_reports (
        run_id uuid primary key references simulation_runs.runs on delete cascade,
        -- Written once and read whole.
        report json not null,
        pdf bytea not null
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table simulation_runs.run_reports, simulation_runs.runs`);
  }
}
