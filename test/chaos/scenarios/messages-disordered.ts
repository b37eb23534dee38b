import { randomUUID } from 'node:crypto';
import type { EventEnvelope, Transport } from '@app/messaging';
import { FULFILLMENT_SUBSCRIPTION } from '@app/orders';
import { jobOf } from '../../../libs/messaging/src/relay/job-of';
import { check } from '../checks/check';
import type { Scenario, World } from '../scenario';

const REPEATED = 300;
const DELAY_MS_MAX = 3000;
const MEGABYTE = 1_000_000;

/** What arrives twice, too late or in the wrong order has no second effect; what nobody can read is a dead letter and stops nothing. */
export const messagesDisordered: Scenario = {
  name: 'messages-disordered',
  number: 9,
  title:
    'Events twice, late and out of order; poison: unknown type and version, no event at all, a megabyte, a payload of another kind',
  backends: ['postgres', 'redis'],
  async inject(world) {
    const { database, random, faults, history, until, pause, figures, queues } = world;
    await pause(2500);
    faults.push({ from: history.now(), until: Infinity });
    const published = await database.query<(EventEnvelope & { occurred_at: Date })[]>(
      `select id, type, aggregate_id, aggregate_version, correlation_id, payload, occurred_at
         from messaging.outbox where published_at is not null and type in
              ('order.placed.v1', 'order.processing_started.v1', 'order.shipped.v1') limit $1`,
      [REPEATED],
    );
    const again = random.shuffled(published).map((event) =>
      jobOf(
        { ...event, occurred_at: event.occurred_at.toISOString() },
        {
          subscription: FULFILLMENT_SUBSCRIPTION,
          delayMs: random.whole(0, DELAY_MS_MAX),
          priority: random.whole(1, 3),
        },
      ),
    );
    await queues.transport.publish('fulfillment', again);
    figures.events_repeated = again.length;
    const poison = poisonOf(published[0]!);
    await sendPoison(queues.transport, poison);
    figures.poison = poison.length;
    await until('every poison message is a dead letter', async () => (await lettersOf(world)) >= poison.length, 20_000);
  },
  async check(world) {
    const letters = await lettersOf(world);
    const wrong =
      letters === world.figures.poison ? [] : [`${letters} dead letters of ${world.figures.poison} poison messages`];
    return [check('I11', 'poison is a dead letter, and nothing else is', wrong, { dead_letters: letters })];
  },
};

/** Jobs that no consumer understands. */
function poisonOf(event: EventEnvelope): unknown[] {
  const base = { ...event, occurred_at: new Date().toISOString() };
  return [
    { ...base, id: randomUUID(), type: 'order.teleported.v1' },
    { ...base, id: randomUUID(), type: 'order.placed.v99' },
    { ...base, id: randomUUID(), payload: { order_id: 'no uuid', status: 'pending' } },
    { ...base, id: randomUUID(), payload: { text: 'x'.repeat(MEGABYTE) } },
    { id: randomUUID(), type: 'order.placed.v1' },
  ];
}

async function sendPoison(transport: Transport, poison: readonly unknown[]): Promise<void> {
  const delivery = { subscription: FULFILLMENT_SUBSCRIPTION, delayMs: 0, priority: 2 };
  const jobs = poison.map((event) => jobOf(event as EventEnvelope, delivery));
  await transport.publish('fulfillment', jobs);
}

async function lettersOf({ database }: World): Promise<number> {
  const [row] = await database.query<[{ count: number }]>('select count(*)::int as count from messaging.dead_letters');
  return row.count;
}
