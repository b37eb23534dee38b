import { JOB_ATTEMPTS_MAX } from '@app/messaging';
import { check } from '../checks/check';
import type { Scenario } from '../scenario';
import { bodyOf } from '../workload/shop';

const POISONED = '01990000-0000-7000-8000-00000000dead';

/** A job whose handling ends the worker each time must end as a dead letter: it may neither vanish nor go on for ever. */
export const poisonJob: Scenario = {
  name: 'poison-job',
  number: 3,
  title:
    'One job kills every worker that takes it, until it is a dead letter; then the cause is mended and it is replayed',
  backends: ['postgres', 'redis'],
  environment: () => ({ QUEUE_LOCK_MS: '2000' }),
  armament: () => ({ worker: Array<string>(3 * JOB_ATTEMPTS_MAX).fill(`job.started[${POISONED}]=kill`) }),
  async inject({ deployment, database, products, faults, until, figures, history, pause }) {
    await pause(1000);
    faults.push({ from: history.now(), until: Infinity });
    const api = deployment.apis[0]!.url;
    const request = history.nextRequest();
    const entry = { request, kind: 'place', wish: 'poisoned', api } as const;
    history.add({ ...entry, outcome: 'invoke' });
    const item = { product_id: products[0]!, quantity: 1 };
    const body = { ...(JSON.parse(bodyOf({ name: 'poisoned', items: [item] })) as object), order_id: POISONED };
    const answer = await fetch(`${api}/api/v1/orders/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    history.add({
      ...entry,
      outcome: answer.ok ? 'ok' : 'fail',
      status: answer.status,
      orderId: POISONED,
      body: await answer.text(),
    });
    const letters = () =>
      database.query<{ id: string; code: string; poisoned: boolean }[]>(
        `select id, code, envelope ->> 'aggregate_id' = $1 as poisoned from messaging.dead_letters where resolved_at is null`,
        [POISONED],
      );
    await until('the job is a dead letter', async () => (await letters()).some(({ poisoned }) => poisoned), 90_000);
    figures.workers_killed = deployment.kills;
    deployment.disarm();
    for (const worker of deployment.workers) worker.kill();
    await deployment.ready();
    const open = await letters();
    figures.dead_letters = open.length;
    for (const { id } of open) await fetch(`${api}/api/v1/dead_letters/${id}/replay`, { method: 'POST' });
  },
  async check({ database, figures }) {
    const [order] = await database.query<{ status: string }[]>('select status from orders.orders where id = $1', [
      POISONED,
    ]);
    const broken = order?.status === 'delivered' ? [] : [`the poisoned order is ${order?.status ?? 'not there'}`];
    const bystanders = figures.dead_letters! - 1;
    return [check('I11', 'a job that kills its worker is a dead letter, and can be replayed', broken, { bystanders })];
  },
};
