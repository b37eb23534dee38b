import { OrderStatus } from '@app/orders';
import { pause } from '../interruption';
import { grouped } from '../options';
import type { ListedOrder, ShopApi } from './shop-api';

const POLL_EVERY_MS = 300;

export type FollowEnd = 'all_final' | 'timed_out' | 'interrupted';

/**
 * Waits until no order of the customer is on its way. One count per poll, whatever the number of orders; an API that does not
 * answer for a while is asked again until the time is up.
 */
export async function followOrders(
  api: Pick<ShopApi, 'countUnfinished'>,
  customerEmail: string,
  waitMs: number,
  onPoll: (state: string) => void,
  signal: AbortSignal,
): Promise<FollowEnd> {
  const until = performance.now() + waitMs;
  while (!signal.aborted) {
    try {
      const { count, isCapped } = await api.countUnfinished(customerEmail);
      if (count === 0) return 'all_final';
      onPoll(`${isCapped ? 'more than ' : ''}${grouped(count)} on their way`);
    } catch (error) {
      onPoll(error instanceof Error ? error.message : String(error));
    }
    if (performance.now() > until) return 'timed_out';
    await pause(POLL_EVERY_MS, signal);
  }
  return 'interrupted';
}

export interface Tally {
  byStatus: Map<string, number>;
  /** Acknowledged with 201 and not there: this must never happen. */
  lost: string[];
  /** There, but its answer never arrived or was an error. */
  unacknowledged: number;
  /** From placement to delivery, of every delivered order. */
  deliveryMs: number[];
  /** From the first placement to the last delivery; undefined when nothing was delivered. */
  untilLastDeliveryMs: number | undefined;
}

/** Looks at every order of the run, by the server's own times. */
export async function tallyOrders(orders: AsyncIterable<ListedOrder>, createdIds: ReadonlySet<string>): Promise<Tally> {
  const tally: Tally = {
    byStatus: new Map(),
    lost: [],
    unacknowledged: 0,
    deliveryMs: [],
    untilLastDeliveryMs: undefined,
  };
  const missing = new Set(createdIds);
  let firstPlacedAt = Infinity;
  let lastDeliveredAt = -Infinity;
  for await (const { order_id, status, created_at, current_state_since } of orders) {
    tally.byStatus.set(status, (tally.byStatus.get(status) ?? 0) + 1);
    if (!missing.delete(order_id)) tally.unacknowledged++;
    firstPlacedAt = Math.min(firstPlacedAt, Date.parse(created_at));
    if (status !== OrderStatus.delivered) continue;
    tally.deliveryMs.push(Date.parse(current_state_since) - Date.parse(created_at));
    lastDeliveredAt = Math.max(lastDeliveredAt, Date.parse(current_state_since));
  }
  tally.lost.push(...missing);
  if (tally.deliveryMs.length > 0) tally.untilLastDeliveryMs = lastDeliveredAt - firstPlacedAt;
  return tally;
}
