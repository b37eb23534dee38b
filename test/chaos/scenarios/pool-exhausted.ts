import { check } from '../checks/check';
import type { Scenario } from '../scenario';

const HELD_MS = 4000;

/** Somebody holds the stock rows, placements and cancels hold the API's few connections, and whoever comes then finds none. */
export const poolExhausted: Scenario = {
  name: 'pool-exhausted',
  number: 7,
  title: 'All connections of the API are in use for four seconds: 503 with Retry-After',
  backends: ['postgres', 'redis'],
  environment: (app): Record<string, string> =>
    app === 'api' ? { DB_POOL_SIZE: '4', DB_CONNECT_TIMEOUT_MS: '1000' } : {},
  // Few enough for four connections, on any machine.
  workload: { demand: 1.5, cancelShare: 0.4 },
  async inject({ database, faults, history, pause }) {
    await pause(2000);
    faults.push({ from: history.now(), until: Infinity });
    await database.transaction(async (tx) => {
      await tx.query('select 1 from inventory.stock_levels order by product_id for update');
      await pause(HELD_MS);
    });
  },
  async check({ history }) {
    const refused = history.entries.filter(({ status }) => status === 503);
    return [
      check('I13', 'an exhausted pool is a 503', refused.length > 0 ? [] : ['no 503 was seen'], {
        refused: refused.length,
      }),
    ];
  },
};
