import { recordTick, TicksRepository } from '@app/messaging';
import { failpoint, LOGGER, type Logger, registry, Transactions } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { CronExpressionParser } from 'cron-parser';
import { Counter } from 'prom-client';
import { SCHEDULE, type ScheduledJob } from './schedule';

const ticks = new Counter({
  name: 'schedule_ticks_total',
  help: 'Slots of the schedule that this scheduler was the first to record',
  labelNames: ['name'],
  registers: [registry],
});

/**
 * Records the newest slot of every job that the database's clock has reached. A slot is computed from the cron expression, not
 * from when this process happens to look, so that all schedulers mean the same row; a scheduler that was away records the newest
 * missed slot once, not each of them.
 */
@Injectable()
export class FireDueTicks {
  /** Newest slot per job that is known to be recorded: saves asking again every second. */
  private readonly recorded = new Map<string, number>();

  constructor(
    private readonly transactions: Transactions<never>,
    private readonly repository: TicksRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(schedule: readonly ScheduledJob[] = SCHEDULE): Promise<void> {
    const now = await this.repository.now();
    for (const job of schedule) {
      const slot = newestSlot(job, now);
      if (this.recorded.get(job.name) === slot.getTime()) continue;
      const first = await this.transactions.run(async (tx) => {
        const recorded = await recordTick(tx, job.name, job.event, slot);
        await failpoint('schedule.beforeCommit', { subject: job.name });
        return recorded;
      });
      await failpoint('schedule.afterCommit', { subject: job.name });
      this.recorded.set(job.name, slot.getTime());
      if (!first) continue;
      ticks.inc({ name: job.name });
      this.logger.debug({ job: job.name, slot }, 'schedule.tick');
    }
  }
}

/** The newest slot of the job that is not after `now`. */
export function newestSlot({ cron, timeZone }: Pick<ScheduledJob, 'cron' | 'timeZone'>, now: Date): Date {
  // prev() is strictly before its start: one millisecond later lets a slot that is exactly now count.
  return CronExpressionParser.parse(cron, { currentDate: new Date(now.getTime() + 1), tz: timeZone })
    .prev()
    .toDate();
}
