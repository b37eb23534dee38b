import { defineTick, TicksRepository } from '@app/messaging';
import { createLogger, Transactions } from '@app/platform';
import type { DataSource } from 'typeorm';
import { type TestDatabase, testDatabase } from '../../../test/support/database';
import { FireDueTicks } from './fire-due-ticks';
import { SCHEDULE, type ScheduledJob } from './schedule';

const JOB: ScheduledJob = {
  name: 'test_job',
  cron: '* * * * *',
  timeZone: 'UTC',
  event: defineTick('test_job'),
  owner: 'test',
};

describe('ticks', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await testDatabase();
  });
  afterEach(async () => {
    await database.drop();
  });

  const aScheduler = async (now: () => Date) => {
    const source: DataSource = await database.open();
    const repository = Object.assign(new TicksRepository(source), { now: async () => now() });
    return new FireDueTicks(new Transactions(source), repository, createLogger(database.config, 'test'));
  };
  const recorded = async () =>
    (
      await database.query<{ tick_at: Date }>(
        `select tick_at from messaging.schedule_ticks where name = 'test_job' order by 1`,
      )
    ).map(({ tick_at }) => tick_at.toISOString());
  const events = async () =>
    (
      await database.query<{ tick: string }>(
        `select payload ->> 'tick_at' as tick from messaging.outbox where type = 'schedule.test_job.v1' order by 1`,
      )
    ).map(({ tick }) => tick);

  it('are recorded once each by four schedulers whose looks fall together', async () => {
    let now = new Date('2026-11-20T10:00:00.100Z');
    const schedulers = await Promise.all([1, 2, 3, 4].map(() => aScheduler(() => now)));
    for (let minute = 0; minute < 5; minute++) {
      now = new Date(Date.parse('2026-11-20T10:00:00.100Z') + minute * 60_000);
      await Promise.all(schedulers.map((scheduler) => scheduler.execute([JOB])));
      await Promise.all(schedulers.map((scheduler) => scheduler.execute([JOB])));
      await relayed();
    }
    const minutes = [0, 1, 2, 3, 4].map((minute) => `2026-11-20T10:0${minute}:00.000Z`);
    expect(await recorded()).toEqual(minutes);
    expect(await events()).toEqual(minutes);
  });

  const relayed = () => database.query('update messaging.outbox set published_at = now()');

  it('do not pile up while no relay takes them', async () => {
    let now = new Date('2026-11-20T10:00:00.100Z');
    const scheduler = await aScheduler(() => now);
    for (let minute = 0; minute < 5; minute++) {
      now = new Date(Date.parse('2026-11-20T10:00:00.100Z') + minute * 60_000);
      await scheduler.execute([JOB]);
    }
    expect(await events()).toEqual(['2026-11-20T10:00:00.000Z']);
    await relayed();
    now = new Date('2026-11-20T10:05:00.100Z');
    await scheduler.execute([JOB]);
    expect(await events()).toEqual(['2026-11-20T10:00:00.000Z', '2026-11-20T10:05:00.000Z']);
  });

  it('are recorded once for the time that every scheduler was away', async () => {
    let now = new Date('2026-11-20T10:00:10Z');
    const scheduler = await aScheduler(() => now);
    await scheduler.execute([JOB]);
    await relayed();
    now = new Date('2026-11-20T10:05:10Z');
    await scheduler.execute([JOB]);
    expect(await recorded()).toEqual(['2026-11-20T10:00:00.000Z', '2026-11-20T10:05:00.000Z']);
  });

  it('leave neither row nor event when the transaction does not commit', async () => {
    const source = await database.open();
    const failing = new Transactions(source);
    const run = failing.run.bind(failing);
    failing.run = (work) =>
      run(async (tx) => {
        await work(tx);
        throw new Error('killed inside the tick');
      });
    const scheduler = new FireDueTicks(failing, new TicksRepository(source), createLogger(database.config, 'test'));
    await expect(scheduler.execute([JOB])).rejects.toThrow('killed inside the tick');
    expect(await recorded()).toEqual([]);
    expect(await events()).toEqual([]);
  });

  it('have names and events of their own', () => {
    const names = SCHEDULE.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(SCHEDULE.map(({ name, event }) => event.type === `schedule.${name}.v1`)).not.toContain(false);
  });
});
