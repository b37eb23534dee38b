import { SqlState } from '@app/platform';
import { check } from '../checks/check';
import type { Scenario, World } from '../scenario';

const CODES = [SqlState.SERIALIZATION_FAILURE, SqlState.DEADLOCK_DETECTED, SqlState.LOCK_NOT_AVAILABLE];
const FORCED_EACH = 3;
const RIVALS_MS = 5000;

/** Forced in the moment before COMMIT, and real ones by rivals who lock the stock in the wrong order and for too long. */
export const contentionForced: Scenario = {
  name: 'contention-forced',
  number: 8,
  title: 'Serialization failures, deadlocks and lock timeouts, forced and real: retried in a new transaction',
  backends: ['postgres', 'redis'],
  environment: () => ({ DB_LOCK_TIMEOUT_MS: '400' }),
  armament: (random) => {
    const forced = (name: string) =>
      CODES.map((code, index) => `${name}=error(${code})@${random.whole(2, 6) + 8 * index}x${FORCED_EACH}`).join(';');
    return {
      api: [forced('placement.afterWrite'), forced('placement.afterWrite')],
      worker: [forced('movement.afterWrite'), forced('movement.afterWrite')],
    };
  },
  async inject(world) {
    const { faults, pause, deployment, figures } = world;
    faults.push({ from: 0, until: Infinity });
    await pause(1000);
    for (const end = Date.now() + RIVALS_MS; Date.now() < end;) await lockTheOtherWay(world);
    const retries = await Promise.all([...deployment.apis, ...deployment.workers].map(({ url }) => retriesAt(url)));
    figures.retries = retries.reduce((sum, count) => sum + count, 0);
  },
  async check({ figures }) {
    const few = figures.retries! >= FORCED_EACH ? [] : [`only ${figures.retries}`];
    return [check('fault', 'transactions were begun again', few, {})];
  },
};

/** Takes the highest product first: the other half of a deadlock. Sometimes it keeps them longer than anybody waits. */
async function lockTheOtherWay({ database, pause, random }: World): Promise<void> {
  await database
    .transaction(async (tx) => {
      const lock = 'select 1 from inventory.stock_levels where product_id = $1 for update';
      const products = await tx.query<{ product_id: number }[]>(
        'select product_id from inventory.stock_levels order by 1 desc',
      );
      for (const { product_id } of products) {
        await tx.query(lock, [product_id]);
        await pause(random.whole(1, 10));
      }
      if (random.chance(0.1)) await pause(600);
    })
    .catch((error: { driverError?: { code?: string } }) => {
      // The rival may be the one that Postgres ends.
      if (!error.driverError?.code) throw error;
    });
  await pause(random.whole(50, 200));
}

async function retriesAt(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const counts = [...text.matchAll(/^database_transaction_retries_total\{[^}]*\} (\d+)$/gm)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}
