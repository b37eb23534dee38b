import { check } from '../checks/check';
import type { Scenario } from '../scenario';

const ORDERS = 2000;
const STAGE_DELAY_MS_MIN = 3000;
const STAGE_DELAY_MS_MAX = 5000;
/** How often workers look whether a queue was emptied. */
const RECONCILER_PERIOD_MS = 5000;
const STAGES = 3;
/** For handling 2,000 orders three times on a machine that also runs their customers. */
const WORK_MS = 12_000;

/** Everything that Redis holds is lost while it goes on answering: nothing breaks, and nothing would move any more. */
export const redisFlushed: Scenario = {
  name: 'redis-flushed',
  number: 6,
  title: `FLUSHALL while ${ORDERS.toLocaleString('en')} orders are on their way`,
  backends: ['redis'],
  environment: () => ({
    SIMULATED_DELAY_MS_MIN: String(STAGE_DELAY_MS_MIN),
    SIMULATED_DELAY_MS_MAX: String(STAGE_DELAY_MS_MAX),
  }),
  workload: { unitsPerProduct: 4000, demand: 0.55, overMs: 2000, cancelShare: 0, repeatShare: 0, readsMax: 0 },
  async inject({ database, redis, until, say, figures, history, faults }) {
    const counts = async () =>
      (
        await database.query<[{ placed: number; moving: number }]>(
          `select count(*)::int as placed, (count(*) filter (where status in ('pending', 'processing', 'shipped')))::int as moving
             from orders.orders`,
        )
      )[0];
    await until(`${ORDERS} orders`, async () => (await counts()).placed >= ORDERS, 60_000);
    figures.moving_at_flush = (await counts()).moving;
    faults.push({ from: history.now(), until: Infinity });
    await redis!.command('FLUSHALL');
    const flushed = performance.now();
    say(`flushed with ${figures.moving_at_flush} orders on their way`);
    await until('all orders final', async () => (await counts()).moving === 0, 60_000).catch(() => undefined);
    figures.final_after_ms = Math.round(performance.now() - flushed);
  },
  async check({ figures }) {
    const bound = RECONCILER_PERIOD_MS + STAGES * STAGE_DELAY_MS_MAX + WORK_MS;
    const late = figures.final_after_ms! > bound ? [`${figures.final_after_ms} ms, at most ${bound} ms are meant`] : [];
    const few = figures.moving_at_flush! < ORDERS ? [`only ${figures.moving_at_flush} orders were moving`] : [];
    return [
      check('I3', 'final within period, delays and work', [...late, ...few], {
        final_after_ms: figures.final_after_ms!,
      }),
    ];
  },
};
