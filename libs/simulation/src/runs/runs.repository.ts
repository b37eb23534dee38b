import { textLiterals, type Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RunNotFoundError, RunReportNotThereError } from '../errors';
import { RUNS_UNDER_WAY, RunStatus } from './run-status';
import { RUN_SILENCE_SECONDS_MAX, type StoredRun } from './stored-run';

const COLUMNS = `id, status, options, total_rows as "totalRows", inserted_rows as "insertedRows", failed_rows as "failedRows",
  failure_reason as "failureReason", starts, created_by as "createdBy", request_id as "requestId", created_at as "createdAt",
  started_at as "startedAt", ended_at as "endedAt"`;
const UNDER_WAY = `status in (${textLiterals(RUNS_UNDER_WAY)})`;
const IS_SILENT = `progressed_at <= now() - interval '${RUN_SILENCE_SECONDS_MAX} seconds'`;
/** Of a transaction that asks for a run: they take turns, so that the bound on runs under way is exact. */
const ASKING_LOCK = 7_203_114_553;

export type NewRun = Pick<StoredRun, 'id' | 'options' | 'totalRows' | 'createdBy' | 'requestId'>;
export type RunCounts = Pick<StoredRun, 'insertedRows' | 'failedRows'>;
/** Which run, and the how manieth time it was begun. */
export type RunStart = Pick<StoredRun, 'id' | 'starts'>;

@Injectable()
export class RunsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Throws RunNotFoundError. */
  async get(id: string, tx: Pick<Tx<'simulation'>, 'query'> = this.dataSource): Promise<StoredRun> {
    const [run] = await tx.query<StoredRun[]>(`select ${COLUMNS} from simulation_runs.runs where id = $1`, [id]);
    if (!run) throw new RunNotFoundError(id);
    return run;
  }

  /** Newest first, or oldest first when not `descending`; ids are in the order of time. */
  find({
    after,
    descending,
    limit,
    offset = 0,
  }: {
    after?: string;
    descending: boolean;
    limit: number;
    offset?: number;
  }) {
    return this.dataSource.query<StoredRun[]>(
      `select ${COLUMNS} from simulation_runs.runs where $1::uuid is null or id ${descending ? '<' : '>'} $1
        order by id ${descending ? 'desc' : 'asc'} limit $2 offset $3`,
      [after ?? null, limit, offset],
    );
  }

  async count(max: number): Promise<number> {
    const [row] = await this.dataSource.query<[{ count: number }]>(
      `select count(*) from (select from simulation_runs.runs limit $1) counted`,
      [max],
    );
    return row.count;
  }

  /** The report as JSON text. Throws RunNotFoundError, RunReportNotThereError. */
  async getReport(id: string): Promise<string> {
    return (await this.readReport<{ report: string }>(id, 'report::text')).report;
  }

  /** The report as PDF. Throws RunNotFoundError, RunReportNotThereError. */
  async getPdf(id: string): Promise<Buffer> {
    return (await this.readReport<{ pdf: Buffer }>(id, 'pdf')).pdf;
  }

  /** Stores a run that waits; undefined, and nothing is stored, when `underWayMax` others do, or are carried out. */
  async insertQueued(tx: Tx<'simulation'>, run: NewRun, underWayMax: number): Promise<StoredRun | undefined> {
    await tx.query(`select pg_advisory_xact_lock($1)`, [ASKING_LOCK]);
    const [stored] = await tx.query<StoredRun[]>(
      `insert into simulation_runs.runs (id, status, options, total_rows, created_by, request_id)
       select $1, '${RunStatus.queued}', $2, $3, $4, $5
        where (select count(*) from simulation_runs.runs where ${UNDER_WAY}) < $6
       returning ${COLUMNS}`,
      [run.id, JSON.stringify(run.options), run.totalRows, run.createdBy, run.requestId, underWayMax],
    );
    return stored;
  }

  /** Removes the oldest runs that have ended beyond `keptMax`, with their reports. */
  async removeSurplus(tx: Tx<'simulation'>, keptMax: number): Promise<void> {
    await tx.query(
      `delete from simulation_runs.runs where not (${UNDER_WAY})
          and id in (select id from simulation_runs.runs order by id desc offset $1)`,
      [keptMax],
    );
  }

  /**
   * Says that somebody carries out the run now; undefined when it does not wait. The unique index refuses it while another one is
   * carried out.
   */
  async begin(tx: Tx<'simulation'>, id: string): Promise<StoredRun | undefined> {
    const [[run]] = await tx.query<[StoredRun[], number]>(
      `update simulation_runs.runs
          set status = '${RunStatus.running}', starts = starts + 1, started_at = now(), progressed_at = now(),
              inserted_rows = 0, failed_rows = 0
        where id = $1 and status = '${RunStatus.queued}' returning ${COLUMNS}`,
      [id],
    );
    return run;
  }

  /** Says how far it is, and that its worker lives; false when it is somebody else's by now. */
  async progress({ id, starts }: RunStart, { insertedRows, failedRows }: RunCounts): Promise<boolean> {
    const [, changed] = await this.dataSource.query<[unknown[], number]>(
      `update simulation_runs.runs set progressed_at = now(), inserted_rows = $3, failed_rows = $4
        where id = $1 and starts = $2 and status = '${RunStatus.running}'`,
      [id, starts, insertedRows, failedRows],
    );
    return changed === 1;
  }

  /** Ends it with its report; false when it is somebody else's by now. */
  async complete(
    tx: Tx<'simulation'>,
    { id, starts }: RunStart,
    { insertedRows, failedRows, report, pdf }: RunCounts & { report: string; pdf: Buffer },
  ): Promise<boolean> {
    const [, changed] = await tx.query<[unknown[], number]>(
      `update simulation_runs.runs
          set status = '${RunStatus.completed}', inserted_rows = $3, failed_rows = $4, ended_at = clock_timestamp()
        where id = $1 and starts = $2 and status = '${RunStatus.running}'`,
      [id, starts, insertedRows, failedRows],
    );
    if (changed !== 1) return false;
    await tx.query(`insert into simulation_runs.run_reports (run_id, report, pdf) values ($1, $2, $3)`, [
      id,
      report,
      pdf,
    ]);
    return true;
  }

  /** Gives it up; false when it is somebody else's by now. */
  async fail(tx: Tx<'simulation'>, { id, starts }: RunStart, reason: string): Promise<boolean> {
    const [, changed] = await tx.query<[unknown[], number]>(
      `update simulation_runs.runs set status = '${RunStatus.failed}', failure_reason = $3, ended_at = clock_timestamp()
        where id = $1 and starts = $2 and status = '${RunStatus.running}'`,
      [id, starts, reason],
    );
    return changed === 1;
  }

  /** Lets it wait again; false when it is somebody else's by now. */
  async putBack(tx: Tx<'simulation'>, { id, starts }: RunStart): Promise<boolean> {
    const [, changed] = await tx.query<[unknown[], number]>(
      `update simulation_runs.runs set status = '${RunStatus.queued}', progressed_at = now()
        where id = $1 and starts = $2 and status = '${RunStatus.running}'`,
      [id, starts],
    );
    return changed === 1;
  }

  /** Locks the runs whose worker has said nothing for too long; at most one, since no second one runs. */
  lockSilent(tx: Tx<'simulation'>): Promise<StoredRun[]> {
    return tx.query<StoredRun[]>(
      `select ${COLUMNS} from simulation_runs.runs where status = '${RunStatus.running}' and ${IS_SILENT}
        order by id for update skip locked`,
    );
  }

  /** Runs that wait for so long that their job may be lost; for as long again nobody else gets them. */
  async claimForgotten(tx: Tx<'simulation'>, minutes: number): Promise<StoredRun[]> {
    const [runs] = await tx.query<[StoredRun[], number]>(
      `update simulation_runs.runs set progressed_at = now()
        where id in (select id from simulation_runs.runs
                      where status = '${RunStatus.queued}' and progressed_at <= now() - $1 * interval '1 minute'
                      order by id for update skip locked)
       returning ${COLUMNS}`,
      [minutes],
    );
    return runs;
  }

  private async readReport<Row>(id: string, columns: string): Promise<Row> {
    const [row] = await this.dataSource.query<Row[]>(
      `select ${columns} from simulation_runs.run_reports where run_id = $1`,
      [id],
    );
    if (row) return row;
    throw new RunReportNotThereError(await this.get(id));
  }
}
