import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError, LOGGER, type Logger, Transactions, UnavailableError, violatedConstraint } from '@app/platform';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { RunReport } from '../contracts/run-report';
import { renderPdfReport } from '../pdf/render-pdf-report';
import { RunSimulation } from '../run/run-simulation';
import { RunStatus } from './run-status';
import { type RunCounts, RunsRepository } from './runs.repository';
import type { StoredRun } from './stored-run';
import { SweepStaleRuns } from './sweep-stale-runs';

const PROGRESS_EVERY_MS = 500;

/**
 * Carries out a stored run and keeps its report. It may be called again at any moment, also side by side: one run is carried out at a
 * time, by one worker, which says every half second that it lives. A worker that stops puts its run back; of one that died, the sweep
 * does. What cannot be carried out ends as failed.
 */
@Injectable()
export class CarryOutRun implements OnModuleDestroy {
  private readonly stopping = new AbortController();

  constructor(
    private readonly transactions: Transactions,
    private readonly runs: RunsRepository,
    private readonly simulation: RunSimulation,
    private readonly sweepStaleRuns: SweepStaleRuns,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(id: string): Promise<void> {
    if (this.stopping.signal.aborted) throw new UnavailableError('This worker stops; another one takes the run.');
    const run = await this.begin(id);
    if (!run) return;
    const lost = new AbortController();
    const counts: RunCounts = { insertedRows: 0, failedRows: 0 };
    const ended = new AbortController();
    const telling = this.tellProgress(run, counts, lost, ended.signal);
    try {
      const report = await this.simulation.execute(
        run.options,
        {
          onAttempt: ({ outcome }) => (outcome === 'inserted' ? counts.insertedRows++ : counts.failedRows++),
          signal: AbortSignal.any([this.stopping.signal, lost.signal]),
        },
        { runId: run.id },
      );
      if (report.end === 'interrupted') return await this.putBack(run);
      await this.complete(run, report);
    } catch (error) {
      await this.settle(run, error);
    } finally {
      ended.abort();
      await telling;
    }
  }

  /** A process that stops waits for what is in flight, and puts the run back. */
  onModuleDestroy(): void {
    this.stopping.abort();
  }

  private async begin(id: string): Promise<StoredRun | undefined> {
    try {
      const run = await this.transactions.run((tx) => this.runs.begin(tx, id));
      if (run) return run;
    } catch (error) {
      if (violatedConstraint(error) !== 'runs_one_at_a_time') throw error;
      throw new UnavailableError('Another simulation is carried out; this one comes after it.', [], { cause: error });
    }
    if ((await this.runs.get(id)).status === RunStatus.running) {
      // Another worker is on it, or is gone, and the queue gave its job to this one.
      await this.sweepStaleRuns.execute();
      throw new UnavailableError('The simulation was being carried out by another worker.');
    }
    this.logger.info({ run_id: id }, 'simulation_run.nothing_to_do');
    return undefined;
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
        report: JSON.stringify(report),
        pdf,
      }),
    );
    const { id, createdBy } = run;
    const fields = { run_id: id, inserted, failed, execution_ms: Math.round(report.executionMs), principal: createdBy };
    if (isOurs) this.logger.info(fields, 'simulation_run.completed');
    else this.logger.warn({ run_id: id }, 'simulation_run.taken_by_another');
  }

  private async putBack(run: StoredRun): Promise<void> {
    const wasOurs = await this.transactions.run((tx) => this.runs.putBack(tx, run));
    this.logger.warn({ run_id: run.id }, wasOurs ? 'simulation_run.put_back' : 'simulation_run.taken_by_another');
    throw new UnavailableError('The simulation was stopped in the middle; a worker begins it again.');
  }

  /** What the stores or the options are to blame for ends the run; what the product's own database is, is tried again. */
  private async settle(run: StoredRun, error: unknown): Promise<void> {
    if (error instanceof UnavailableError && error.code === 'SERVICE_UNAVAILABLE') throw error;
    const reason = error instanceof DomainError ? error.message : 'Something went wrong here.';
    this.logger.error({ err: error, run_id: run.id }, 'simulation_run.failed');
    await this.transactions.run((tx) => this.runs.fail(tx, run, reason));
  }
}
