import type { Scenario } from '../scenario';

const FULL_MS = 4000;

/** With `noeviction` every write is refused with OOM, and nothing that is there is lost. */
export const redisFull: Scenario = {
  name: 'redis-full',
  number: 6,
  title: 'Redis is out of memory for four seconds',
  backends: ['redis'],
  async inject({ redis, faults, history, pause, until, database }) {
    await pause(1500);
    faults.push({ from: history.now(), until: Infinity });
    await redis!.command('CONFIG', 'SET', 'maxmemory', '1');
    try {
      const waiting = async () =>
        (
          await database.query<[{ count: number }]>(
            'select count(*)::int as count from messaging.outbox where published_at is null',
          )
        )[0].count;
      await until('events wait for a queue that takes nothing', async () => (await waiting()) > 10, 10_000);
      await pause(FULL_MS);
    } finally {
      await redis!.command('CONFIG', 'SET', 'maxmemory', '0');
    }
  },
};
