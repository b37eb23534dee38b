import { pause } from '../interruption';
import type { Shelf } from './shelf';
import type { ShopApi } from './shop-api';

export interface Load {
  /** Distinguishes this run's orders from all others. */
  customerEmail: string;
  orders: number;
  /** Clients that send at the same time. */
  concurrency: number;
  /** How long each client waits after an answer. */
  delayMs: number;
}

export interface Sent {
  createdIds: Set<string>;
  rejected: number;
  failed: number;
  /** How often each refusal or failure was given as the reason. */
  reasons: Map<string, number>;
  /** Of every request, in order of arrival. */
  latenciesMs: number[];
  elapsedMs: number;
}

/** Sends the orders, each with an idempotency key of its own. When the signal aborts, requests under way are waited for. */
export async function sendOrders(
  api: Pick<ShopApi, 'placeOrder'>,
  shelf: Pick<Shelf, 'fillBasket'>,
  { customerEmail, orders, concurrency, delayMs }: Load,
  onAnswer: (sent: Sent) => void,
  signal: AbortSignal,
): Promise<Sent> {
  const sent: Sent = {
    createdIds: new Set(),
    rejected: 0,
    failed: 0,
    reasons: new Map(),
    latenciesMs: [],
    elapsedMs: 0,
  };
  const startedAt = performance.now();
  let next = 1;
  const beClient = async (): Promise<void> => {
    while (next <= orders && !signal.aborted) {
      const key = `${customerEmail}-${next++}`;
      const answer = await api.placeOrder(customerEmail, shelf.fillBasket(), key);
      sent.latenciesMs.push(answer.ms);
      sent.elapsedMs = performance.now() - startedAt;
      if (answer.result === 'created') sent.createdIds.add(answer.orderId);
      else {
        sent[answer.result]++;
        sent.reasons.set(answer.reason, (sent.reasons.get(answer.reason) ?? 0) + 1);
      }
      onAnswer(sent);
      if (next <= orders) await pause(delayMs, signal);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, orders) }, beClient));
  return sent;
}
