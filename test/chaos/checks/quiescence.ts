import { setTimeout as sleep } from 'node:timers/promises';
import { ORDER_STATUSES, isFinal } from '@app/orders';
import type { DataSource } from 'typeorm';
import type { QueueDepths } from './queue-depths';

const FINAL = ORDER_STATUSES.filter(isFinal);
const LOOK_EVERY_MS = 200;

export interface Rest {
  reached: boolean;
  /** How long it took, or how long was waited. */
  ms: number;
  /** What still moves; jobs are counted when the rest is at rest and the queue server answers. */
  left: { orders: number; events: number; jobs: number | undefined };
}

/** Waits until every order is final, every event published and every queue empty; it moves nothing itself. */
export async function waitForRest(
  source: DataSource,
  queues: QueueDepths,
  withinMs: number,
  signal: AbortSignal,
): Promise<Rest> {
  const begun = performance.now();
  for (;;) {
    signal.throwIfAborted();
    const [{ orders, events }] = await source.query<[{ orders: number; events: number }]>(
      `select (select count(*) from orders.orders where status <> all($1))::int as orders,
              (select count(*) from messaging.outbox where published_at is null)::int as events`,
      [FINAL],
    );
    const jobs = orders + events > 0 ? undefined : await queues.underWay().catch(() => undefined);
    const ms = Math.round(performance.now() - begun);
    const left = { orders, events, jobs };
    if (jobs === 0) return { reached: true, ms, left };
    if (ms > withinMs) return { reached: false, ms, left };
    await sleep(LOOK_EVERY_MS);
  }
}
