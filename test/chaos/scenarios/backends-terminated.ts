import { check } from '../checks/check';
import type { Scenario } from '../scenario';

const EVERY_MS = 200;
const TIMES = 25;

export const backendsTerminated: Scenario = {
  name: 'backends-terminated',
  number: 7,
  title: `pg_terminate_backend on one session of the product, ${TIMES} times, one every ${EVERY_MS} ms`,
  backends: ['postgres', 'redis'],
  async inject({ database, faults, history, pause, figures }) {
    await pause(1500);
    faults.push({ from: history.now(), until: Infinity });
    figures.backends_terminated = 0;
    for (let time = 1; time <= TIMES; time++) {
      const [row] = await database.query<[{ terminated: number }]>(`
        select count(pg_terminate_backend(pid))::int as terminated
          from (select pid from pg_stat_activity
                 where datname = current_database() and application_name like 'order-fulfillment%'
                 order by (state = 'active') desc, (state like 'idle in%') desc, random() limit 1) victim`);
      figures.backends_terminated += row.terminated;
      await pause(EVERY_MS);
    }
  },
  async check({ figures }) {
    const few = figures.backends_terminated === TIMES ? [] : [`only ${figures.backends_terminated}`];
    return [check('fault', 'a session was ended each time', few, {})];
  },
};
