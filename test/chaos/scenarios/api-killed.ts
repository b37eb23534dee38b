import type { Scenario } from '../scenario';

const MOMENTS = ['placement.beforeBegin', 'placement.afterWrite', 'placement.afterCommit'] as const;

/** The three moments at which an API process can die with a placement in its hands. */
export const apiKilled: Scenario = {
  name: 'api-killed',
  number: 1,
  title: '`kill -9` of the API before BEGIN, between write and COMMIT, and between COMMIT and reply',
  backends: ['postgres', 'redis'],
  armament: (random) => ({
    api: random.shuffled([...MOMENTS, random.pick(MOMENTS)]).map((moment) => `${moment}=kill@${random.whole(2, 10)}`),
  }),
  async inject({ deployment, faults, until }) {
    faults.push({ from: 0, until: Infinity });
    await until('four kills', () => deployment.kills > MOMENTS.length, 120_000);
  },
};
