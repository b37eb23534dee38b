import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from 'pg';
import { withClient } from '../lab/database';

const LOOK_EVERY_MS = 100;

/** Resolves when every order has come to an end. `onLook` is called again and again meanwhile. */
export async function untilNoneMoves(databaseUrl: string, onLook: () => void = () => undefined): Promise<void> {
  const isMoving = `select exists (select from orders.orders where status in ('pending', 'processing', 'shipped')) as yes`;
  await withClient(databaseUrl, async (client) => {
    while ((await client.query<{ yes: boolean }>(isMoving)).rows[0]!.yes) {
      onLook();
      await wait(LOOK_EVERY_MS);
    }
  });
}

export interface DeliveredTimes {
  orders: number;
  firstStartedAt: number;
  lastAt: number;
}

/** When the first order left the queue and the last one was delivered, by their own times, in milliseconds. Throws when one ended otherwise. */
export async function deliveredTimes(client: Client): Promise<DeliveredTimes> {
  const { rows } = await client.query<{ orders: number; others: number; first_at: Date; last_at: Date }>(
    `select count(*)::int as orders, (count(*) filter (where status <> 'delivered'))::int as others,
            min(processing_started_at) as first_at, max(completed_at) as last_at from orders.orders`,
  );
  const { orders, others, first_at: firstAt, last_at: lastAt } = rows[0]!;
  if (others > 0) throw new Error(`${others} of ${orders} orders ended otherwise than delivered.`);
  return { orders, firstStartedAt: firstAt.getTime(), lastAt: lastAt.getTime() };
}
