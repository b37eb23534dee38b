import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SeededRandom } from '../seeded-random';
import type { History, HistoryEntry } from './history';
import { type Answer, HttpClient, NoAnswerError } from './http-client';
import type { Wish } from './plan-workload';
import { changedNothing, isPassing, seen } from './read-answer';
import { type Route, roundRobin } from './route';

const PAUSE_MS_MAX = 300;

type Kind = HistoryEntry['kind'];

interface Placed {
  orderId: string;
  body: string;
}

/**
 * The customers of a run. Each wish is one customer's business: place, repeat, cancel, read. A request whose outcome is not known,
 * or that was refused for the moment, is sent again under its key until the customers are told to give up. An order without a key is
 * sent again only when the answer says that nothing happened.
 */
export class Shop {
  private readonly http: HttpClient;
  private readonly gone = new AbortController();
  private visits: Promise<void>[] = [];

  constructor(
    apis: readonly string[],
    private readonly history: History,
    private readonly random: SeededRandom,
    timed: boolean,
    private readonly route: Route = roundRobin(apis),
  ) {
    this.http = new HttpClient(timed);
    // Every waiting customer listens.
    setMaxListeners(0, this.gone.signal);
  }

  /** Lets all wishes come true at their times; resolves when each customer has a final answer or has given up. */
  async serve(wishes: readonly Wish[]): Promise<void> {
    this.visits = wishes.map(async (wish) => {
      await this.pause(wish.atMs);
      await this.visit(wish);
    });
    await Promise.all(this.visits);
  }

  /** Requests that are under way end as they end; nothing is sent again. */
  giveUp(): void {
    this.gone.abort();
  }

  close(): void {
    this.http.close();
  }

  private async visit(wish: Wish): Promise<void> {
    const placed = await this.place(wish);
    if (!placed) return;
    await Promise.all([
      this.repeat(wish, placed),
      this.reuse(wish),
      this.cancel(wish, placed),
      this.read(wish, placed),
    ]);
  }

  private async place(wish: Wish): Promise<Placed | undefined> {
    const answer = await this.untilDefinite(wish, 'place', 'POST', '/api/v1/orders/', bodyOf(wish));
    if (answer?.status !== 201) return undefined;
    return { orderId: (JSON.parse(answer.body) as { order_id: string }).order_id, body: answer.body };
  }

  private async repeat(wish: Wish, { orderId }: Placed): Promise<void> {
    if (wish.repeatAfterMs === undefined) return;
    await this.pause(wish.repeatAfterMs);
    await this.untilDefinite(wish, 'repeat', 'POST', '/api/v1/orders/', bodyOf(wish), orderId);
  }

  private async reuse(wish: Wish): Promise<void> {
    if (!wish.reusesKey) return;
    const [first, ...others] = wish.items;
    const other = { ...wish, items: [{ ...first!, quantity: first!.quantity + 1 }, ...others] };
    await this.untilDefinite(wish, 'reuse', 'POST', '/api/v1/orders/', bodyOf(other));
  }

  private async cancel(wish: Wish, { orderId }: Placed): Promise<void> {
    if (wish.cancelAfterMs === undefined) return;
    await this.pause(wish.cancelAfterMs);
    await this.untilDefinite(wish, 'cancel', 'POST', `/api/v1/orders/${orderId}/cancel/`, '{}', orderId);
  }

  private async read(wish: Wish, { orderId }: Placed): Promise<void> {
    for (const afterMs of wish.readAfterMs) {
      await this.pause(afterMs);
      await this.untilDefinite(wish, 'read', 'GET', `/api/v1/orders/${orderId}/`, undefined, orderId);
    }
  }

  /** Undefined when the customer gave up before an answer that says what is. */
  private async untilDefinite(
    wish: Wish,
    kind: Kind,
    method: string,
    path: string,
    body: string | undefined,
    orderId?: string,
  ): Promise<Answer | undefined> {
    const isOrder = kind !== 'cancel' && kind !== 'read';
    const headers: Record<string, string> = isOrder && wish.key ? { 'idempotency-key': wish.key } : {};
    while (!this.gone.signal.aborted) {
      const answer = await this.once(wish, kind, method, path, body, headers, orderId);
      if (answer && !isPassing(answer)) return answer;
      if (isOrder && !wish.key && !(answer && changedNothing(seen(kind, answer)))) return undefined;
      await this.pause(this.random.next() * PAUSE_MS_MAX);
    }
    return undefined;
  }

  private async once(
    { name: wish }: Wish,
    kind: Kind,
    method: string,
    path: string,
    body: string | undefined,
    headers: Record<string, string>,
    orderId: string | undefined,
  ): Promise<Answer | undefined> {
    const api = this.route();
    const entry = { request: this.history.nextRequest(), kind, wish, api, orderId };
    this.history.add({ ...entry, outcome: 'invoke' });
    const begun = performance.now();
    try {
      const answer = await this.http.exchange(method, `${api}${path}`, body, headers);
      const ms = Math.round((performance.now() - begun) * 10) / 10;
      this.history.add({ ...entry, ...seen(kind, answer), ms });
      return answer;
    } catch (error) {
      if (!(error instanceof NoAnswerError)) throw error;
      // What was never sent has had no effect.
      this.history.add({ ...entry, outcome: error.refused ? 'fail' : 'unknown', code: error.message });
      return undefined;
    }
  }

  /** Ends early when the customers go. */
  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.gone.signal }).catch(() => undefined);
  }
}

/** The body of a wish's request. */
export function bodyOf({ name, items }: Pick<Wish, 'name' | 'items'>): string {
  return JSON.stringify({ customer_name: 'Ada Buyer', customer_email: 'ada@example.com', items, notes: name });
}
