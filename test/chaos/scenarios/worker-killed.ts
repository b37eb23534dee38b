import type { Scenario } from '../scenario';

const MOMENTS = ['movement.afterWrite', 'movement.afterCommit', 'job.started'] as const;

export const workerKilled: Scenario = {
  name: 'worker-killed',
  number: 3,
  title: '`kill -9` of a worker in a transaction, between COMMIT and acknowledgement, and between jobs',
  backends: ['postgres', 'redis'],
  armament: (random) => ({
    worker: random
      .shuffled([...MOMENTS, random.pick(MOMENTS)])
      .map((moment) => `${moment}=kill@${random.whole(2, 12)}`),
  }),
  async inject({ deployment, faults, until }) {
    faults.push({ from: 0, until: Infinity });
    await until('four kills', () => deployment.kills > MOMENTS.length, 120_000);
  },
};
