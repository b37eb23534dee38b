import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DomainError,
  LOGGER,
  type Logger,
  Transactions,
  UnavailableError,
  violatedConstraint,
  within,
} from '@app/platform';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { toReportDocument } from '../contracts/report-document';
import type { RunReport } from '../contracts/run-report';
import { RunTooLongError } from '../errors';
import { renderPdfReport } from '../pdf/render-pdf-report';
import { RunSimulation } from '../run/run-simulation';
import { queueRuns } from './queue-runs';
import { type RunCounts, RunsRepository } from './runs.repository';
import { RUN_MINUTES_MAX, type StoredRun } from './stored-run';
import { SweepStaleRuns } from './sweep-stale-runs';

const PROGRESS_EVERY_MS = 500;
/** Half of the time that a process has to close: of a run that takes longer to stop, the sweep takes care. */
const SHUTDOWN_WITHIN_MS = 4000;

/**
 * Carries out a stored run beside the jobs of the worker, none of which waits for it, and keeps its report. It may be called again at
 * any moment, also side by side: one run is carried out at a time, by one worker, which says every half second that it lives. A
 * worker that stops puts its run back; of one that died, the sweep does. What cannot be carried out, or takes too long, ends as failed.
 */
@Injectable()
export class CarryOutRun implements OnModuleDestroy, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private underWay: Promise<void> = Promise.resolve();

  constructor(
    private readonly transactions: Transactions<'simulation'>,
    private readonly runs: RunsRepository,
    private readonly simulation: RunSimulation,
    private readonly sweepStaleRuns: SweepStaleRuns,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Resolves when the run has begun, or need not; `ended` when it has come to its end, whatever that was. Throws UnavailableError when
   * it has to wait for another one. It may take `minutesMax`.
   */
  async execute(id: string, { minutesMax = RUN_MINUTES_MAX } = {}): Promise<{ ended: Promise<void> }> {
    if (this.stopping.signal.aborted) throw new UnavailableError('This worker stops; another one takes the run.');
    const run = await this.begin(id);
    if (!run) return { ended: Promise.resolve() };
    const ended = this.carryOut(run, minutesMax).catch((error: unknown) => {
      // It is silent now, and the sweep puts it back.
      this.logger.error({ err: error, run_id: run.id }, 'simulation_run.left');
    });
    this.underWay = ended;
    return { ended };
  }

  /** What is in flight comes to its end, and the run is put back. */
  onModuleDestroy(): void {
    this.stopping.abort();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await within(this.underWay, SHUTDOWN_WITHIN_MS);
  }

  private async begin(id: string): Promise<StoredRun | undefined> {
    try {
      const run = await this.transactions.run((tx) => this.runs.begin(tx, id));
      if (run) return run;
    } catch (error) {
      if (violatedConstraint(error) !== 'runs_one_at_a_time') throw error;
      await this.sweepStaleRuns.execute();
      throw new UnavailableError('Another simulation is carried out; this one comes after it.', [], { cause: error });
    }
    this.logger.info({ run_id: id }, 'simulation_run.nothing_to_do');
    return undefined;
  }

  private async carryOut(run: StoredRun, minutesMax: number): Promise<void> {
    const lost = new AbortController();
    const tooLong = AbortSignal.timeout(minutesMax * 60_000);
    const counts: RunCounts = { insertedRows: 0, failedRows: 0 };
    const ended = new AbortController();
    const telling = this.tellProgress(run, counts, lost, ended.signal);
    try {
      const report = await this.simulation.execute(
        run.options,
        {
          onAttempt: ({ outcome }) => (outcome === 'inserted' ? counts.insertedRows++ : counts.failedRows++),
          signal: AbortSignal.any([this.stopping.signal, lost.signal, tooLong]),
        },
        { runId: run.id, yieldsToOthers: true },
      );
      if (report.end === 'all_attempted') await this.complete(run, report);
      else if (tooLong.aborted) throw new RunTooLongError(minutesMax);
      else await this.putBack(run);
    } catch (error) {
      await this.settle(run, error);
    } finally {
      ended.abort();
      await telling;
    }
  }

  private async tellProgress(
    run: StoredRun,
    counts: RunCounts,
    lost: AbortController,
    ended: AbortSignal,
  ): Promise<void> {
    while (!ended.aborted) {
      await sleep(PROGRESS_EVERY_MS, undefined, { signal: ended }).catch(() => undefined);
      if (ended.aborted) return;
      // A database that is away is no reason to stop: whoever takes the run meanwhile is noticed when it is back.
      const isOurs = await this.runs.progress(run, counts).catch(() => true);
      if (!isOurs) lost.abort();
    }
  }

  private async complete(run: StoredRun, report: RunReport): Promise<void> {
    const pdf = await buffer(await renderPdfReport(report, new Date()));
    const { inserted, failed } = report.summary;
    const isOurs = await this.transactions.run((tx) =>
      this.runs.complete(tx, run, {
        insertedRows: inserted,
        failedRows: failed,
        report: JSON.stringify(toReportDocument(report)),
        pdf,
      }),
    );
    const { id, createdBy } = run;
    const executionMs = Math.round(report.executionMs);
    if (isOurs)
      this.logger.info(
        { run_id: id, inserted, failed, execution_ms: executionMs, principal: createdBy },
        'simulation_run.completed',
      );
    else this.logger.warn({ run_id: id }, 'simulation_run.taken_by_another');
  }

  private async putBack(run: StoredRun): Promise<void> {
    const wasOurs = await this.transactions.run(async (tx) => {
      const isOurs = await this.runs.putBack(tx, run);
      if (isOurs) await queueRuns(tx, [run]);
      return isOurs;
    });
    this.logger.warn({ run_id: run.id }, wasOurs ? 'simulation_run.put_back' : 'simulation_run.taken_by_another');
  }

  /** What the stores or the options are to blame for ends the run; what the product's own database is, is tried again. */
  private async settle(run: StoredRun, error: unknown): Promise<void> {
    if (error instanceof UnavailableError && error.code === 'SERVICE_UNAVAILABLE') throw error;
    const reason = error instanceof DomainError ? error.message : 'Something went wrong here.';
    this.logger.error({ err: error, run_id: run.id }, 'simulation_run.failed');
    await this.transactions.run((tx) => this.runs.fail(tx, run, reason));
  }
}
