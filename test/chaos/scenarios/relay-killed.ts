import { randomUUID } from 'node:crypto';
import type { Scenario, World } from '../scenario';

const LEASE_MS = 3000;
const MOMENTS = ['relay.afterClaim', 'relay.afterPublish', 'relay.halfPublished'] as const;

/** A relay that dies or sleeps between claim and mark makes duplicates, never gaps. */
export const relayKilled: Scenario = {
  name: 'relay-killed',
  number: 4,
  title: '`kill -9` of a relay after its claim, between its queues, before it marks; one sleeps longer than its lease',
  backends: ['postgres', 'redis'],
  environment: () => ({ OUTBOX_LEASE_MS: String(LEASE_MS) }),
  armament: (random) => ({
    worker: [
      ...random.shuffled(MOMENTS).map((moment) => `${moment}=kill@${random.whole(2, 8)}`),
      `relay.afterClaim=pause@${random.whole(2, 8)}`,
    ],
  }),
  async inject(world) {
    const { deployment, faults, until, pause, figures } = world;
    faults.push({ from: 0, until: Infinity });
    const feeding = feedBothQueues(world, () => deployment.kills >= MOMENTS.length);
    await until('three kills', () => deployment.kills >= MOMENTS.length, 120_000);
    await feeding;
    const asleep = () => deployment.workers.find((worker) => worker.pausedItself);
    await until('a relay sleeps', () => asleep() !== undefined, 30_000);
    await pause(1.5 * LEASE_MS);
    asleep()!.signal('SIGCONT');
    figures.slept_ms = 1.5 * LEASE_MS;
  },
};

/** Events for the second queue, so that there are claims whose one half is published and whose other half is not. */
async function feedBothQueues({ database, pause }: World, isEnough: () => boolean): Promise<void> {
  while (!isEnough()) {
    const id = randomUUID();
    await database.query(
      `insert into messaging.outbox (id, type, aggregate_id, aggregate_version, correlation_id, payload)
       values ($1, 'schedule.fold_order_statistics.v1', $1, 1, 'chaos', jsonb_build_object('tick_at', now()))`,
      [id],
    );
    await pause(20);
  }
}
