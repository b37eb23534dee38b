import { check } from '../checks/check';
import type { ManagedProcess } from '../processes/managed-process';
import type { Scenario, World } from '../scenario';

/**
 * How a release is rolled out: nobody who stands behind a load balancer notices. No fault is declared, so that nothing is excused; what a
 * balancer may do is to send a request that was refused at the door to another process.
 */
export const rollingRestart: Scenario = {
  name: 'rolling-restart',
  number: 10,
  title: 'SIGTERM and restart of each process, one after the other, under load',
  backends: ['postgres', 'redis'],
  balanced: true,
  workload: { overMs: 15_000 },
  async inject(world) {
    await world.pause(1500);
    for (const process of world.deployment.all) await restart(process, world);
  },
  async check({ history, figures, deployment }) {
    const errors = history.entries.filter(({ outcome }) => outcome === 'unknown');
    const refused = history.entries.filter(({ code }) => code?.includes('ECONNREFUSED')).length;
    const forced = deployment.ends.filter(({ code }) => code !== 0);
    return [
      check(
        'I13',
        'no customer sees an error',
        errors.map(({ wish, code, status, at }) => `${wish}: ${status ?? code} at ${at} ms`),
        { refused },
      ),
      check(
        'stop',
        'each process closes by itself',
        forced.map((end) => JSON.stringify(end)),
        { stop_ms: figures.stop_ms! },
      ),
    ];
  },
};

async function restart(process: ManagedProcess, { figures, signal }: World): Promise<void> {
  const { ms } = await process.stop();
  figures.stop_ms = Math.max(figures.stop_ms ?? 0, Math.round(ms));
  process.start();
  await process.ready(signal);
}
