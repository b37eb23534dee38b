import { check } from '../checks/check';
import type { Scenario } from '../scenario';

const DEADLINE_MS = 5000;
/** From the end of the process to the moment at which this suite hears of it, on a busy machine. */
const HEARING_MS = 1500;

/** A process that waits for a server that is gone must not hold up a release. */
export const stoppedWithoutServers: Scenario = {
  name: 'stopped-without-servers',
  number: 10,
  title: 'SIGTERM of every process while neither Postgres nor Redis answers: each exits within its deadline',
  backends: ['postgres', 'redis'],
  environment: () => ({ SHUTDOWN_DEADLINE_MS: String(DEADLINE_MS) }),
  async inject({ lines, deployment, faults, history, pause, figures, redis }) {
    await pause(2000);
    faults.push({ from: history.now(), until: Infinity });
    lines.api.freeze();
    lines.background.freeze();
    redis?.freeze();
    try {
      await pause(1000);
      const stops = await Promise.all(deployment.all.map((process) => process.stop()));
      figures.stop_ms = Math.round(Math.max(...stops.map(({ ms }) => ms)));
    } finally {
      redis?.thaw();
    }
    lines.api.heal();
    lines.background.heal();
    for (const process of deployment.all) process.start();
  },
  async check({ figures }) {
    const late =
      figures.stop_ms! > DEADLINE_MS + HEARING_MS ? [`${figures.stop_ms} ms, the deadline is ${DEADLINE_MS} ms`] : [];
    return [check('stop', 'every process exits within its deadline', late, {})];
  },
};
