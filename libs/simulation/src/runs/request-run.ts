import { InvalidInputError, LOGGER, type Logger, newId, type Once, type Principal, Transactions } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { SimulationOptions, SimulationWish } from '../contracts/simulation-options';
import { TooManyRunsError } from '../errors';
import { parseOptions } from '../run/run-simulation';
import { queueRuns } from './queue-runs';
import { RunsRepository } from './runs.repository';
import { RUN_ROWS_MAX, RUNS_KEPT_MAX, RUNS_UNDER_WAY_MAX, type StoredRun } from './stored-run';

const BUILTIN_ROWS = 30;

/**
 * Stores a run for a worker, with the event that says so. The oldest runs beyond those that are kept make room for it. Throws
 * InvalidInputError, and TooManyRunsError when too many wait already.
 */
@Injectable()
export class RequestRun {
  constructor(
    private readonly transactions: Transactions<'simulation'>,
    private readonly runs: RunsRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(
    wish: SimulationWish,
    { principal, requestId }: { principal: Principal; requestId: string },
    once?: Once<StoredRun, 'simulation'>,
  ): Promise<StoredRun> {
    const options = parseOptions(wish);
    const totalRows = rowCount(options);
    if (totalRows > RUN_ROWS_MAX)
      throw new InvalidInputError('The request is not valid.', [
        { field: 'rows', code: 'too_many', message: `Must be at most ${RUN_ROWS_MAX} rows in all.` },
      ]);
    const id = newId();
    const run = await this.transactions.run(
      async (tx) => {
        const stored = await this.runs.insertQueued(
          tx,
          { id, options, totalRows, createdBy: principal.text, requestId },
          RUNS_UNDER_WAY_MAX,
        );
        if (!stored) throw new TooManyRunsError(RUNS_UNDER_WAY_MAX);
        await this.runs.removeSurplus(tx, RUNS_KEPT_MAX);
        await queueRuns(tx, [stored]);
        return stored;
      },
      { once },
    );
    this.logger.info(
      { run_id: id, total_rows: totalRows, request_id: requestId, principal: principal.text },
      'simulation_run.queued',
    );
    return run;
  }
}

function rowCount({ rows }: SimulationOptions): number {
  if (rows === 'builtin') return BUILTIN_ROWS;
  return 'count' in rows ? rows.count : rows.users.length + rows.products.length + rows.orders.length;
}
