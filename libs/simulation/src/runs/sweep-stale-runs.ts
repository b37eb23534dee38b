import { CONFIG, type Config, LOGGER, type Logger, Transactions } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { queueRuns } from './queue-runs';
import { RunsRepository } from './runs.repository';
import { RUN_STARTS_MAX } from './stored-run';

/**
 * Puts runs back whose worker is gone, gives up those that stopped several, and sends those to the queue again that wait for so long
 * that their job may be lost. No run stays `running` without a worker.
 */
@Injectable()
export class SweepStaleRuns {
  constructor(
    private readonly transactions: Transactions<'simulation'>,
    private readonly runs: RunsRepository,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(): Promise<{ putBack: number; failed: number; sentAgain: number }> {
    const swept = await this.transactions.run(async (tx) => {
      const silent = await this.runs.lockSilent(tx);
      const hopeless = silent.filter(({ starts }) => starts >= RUN_STARTS_MAX);
      const others = silent.filter(({ starts }) => starts < RUN_STARTS_MAX);
      for (const run of hopeless)
        await this.runs.fail(tx, run, `Its worker stopped in the middle, ${RUN_STARTS_MAX} times.`);
      for (const run of others) await this.runs.putBack(tx, run);
      const forgotten = await this.runs.claimForgotten(tx, this.config.STALE_PENDING_MINUTES);
      await queueRuns(tx, [...others, ...forgotten]);
      return { putBack: others.length, failed: hopeless.length, sentAgain: forgotten.length };
    });
    const { putBack, failed, sentAgain } = swept;
    if (putBack + failed + sentAgain > 0)
      this.logger.warn({ put_back: putBack, failed, sent_again: sentAgain }, 'simulation_run.swept');
    return swept;
  }
}
