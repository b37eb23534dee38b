import { check } from '../checks/check';
import type { Scenario } from '../scenario';

const MOMENTS = ['schedule.beforeCommit', 'schedule.afterCommit'] as const;
const TICKS_MISSED = 5;
const JOB = 'fold_order_statistics';
const JOB_EVERY_SECONDS = 10;

/** Each slot of the schedule has one effect, whoever died over it; slots that nobody saw are not made up for one by one. */
export const schedulerKilled: Scenario = {
  name: 'scheduler-killed',
  number: 5,
  title: 'Two schedulers race; one dies inside a tick and one behind it; both are away for five ticks',
  backends: ['postgres', 'redis'],
  armament: (random) => ({ scheduler: MOMENTS.map((moment) => `${moment}=kill@${random.whole(1, 6)}`) }),
  async inject({ deployment, database, faults, until, figures }) {
    faults.push({ from: 0, until: Infinity });
    await until('two kills', () => deployment.kills >= MOMENTS.length, 30_000);
    await deployment.ready();
    const ticks = async () =>
      (
        await database.query<[{ count: number }]>(
          'select count(*)::int as count from messaging.schedule_ticks where name = $1',
          [JOB],
        )
      )[0].count;
    await Promise.all(deployment.schedulers.map((scheduler) => scheduler.stop()));
    // Absence, without waiting for it: every slot that was recorded is that much longer ago.
    await database.query(
      `update messaging.schedule_ticks set tick_at = tick_at - $1 * interval '1 second' where name = $2`,
      [TICKS_MISSED * JOB_EVERY_SECONDS, JOB],
    );
    const before = await ticks();
    for (const scheduler of deployment.schedulers) scheduler.start();
    await deployment.ready();
    await until('a tick after the absence', async () => (await ticks()) > before, 15_000);
    figures.ticks_on_return = (await ticks()) - before;
  },
  async check({ database, figures }) {
    const rows = await database.query<{ name: string; ticks: number; events: number }[]>(`
      select name, count(*)::int as ticks,
             (select count(*)::int from messaging.outbox where type = format('schedule.%s.v1', name)) as events
        from messaging.schedule_ticks group by name having min(tick_at) > now() - interval '1 hour'`);
    const broken = rows
      .filter(({ ticks, events }) => ticks !== events)
      .map((row) => `${row.name}: ${row.ticks} ticks, ${row.events} events`);
    // The return may fall on the edge of two slots.
    if (figures.ticks_on_return! > 2)
      broken.push(`${figures.ticks_on_return} ticks at once after ${TICKS_MISSED} missed`);
    const recorded = rows.reduce((sum, { ticks }) => sum + ticks, 0);
    return [check('I6', 'each slot of the schedule has one event', broken, { ticks: recorded })];
  },
};
