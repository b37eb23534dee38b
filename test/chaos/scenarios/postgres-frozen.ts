import type { Scenario } from '../scenario';

const FROZEN_MS = 5000;

export const postgresFrozen: Scenario = {
  name: 'postgres-frozen',
  number: 7,
  title: 'Postgres does not answer for five seconds; connections stay open',
  backends: ['postgres', 'redis'],
  async inject({ lines, faults, history, pause }) {
    await pause(2000);
    faults.push({ from: history.now(), until: Infinity });
    lines.api.freeze();
    lines.background.freeze();
    await pause(FROZEN_MS);
  },
};
