import { setTimeout as sleep } from 'node:timers/promises';

/** What those who are not hostile felt. */
export interface OthersFigures {
  placed: number;
  /** Of the answers to an order. */
  p99Ms: number;
  /** Statuses of orders that were not placed. */
  refused: number[];
  /** The longest that `/health/live` took. */
  liveMaxMs: number;
}

const CLIENTS = 4;
const PAUSE_MS = 20;

/** Four clients that place an order each, wait for 20 ms and go on, and somebody who asks whether the process is alive. */
export class Others {
  constructor(
    private readonly url: string,
    private readonly productId: number,
  ) {}

  async placeInBulk(count: number): Promise<void> {
    for (let placed = 0; placed < count; placed += 1000) {
      const orders = Array.from({ length: 1000 }, () => this.order());
      const response = await this.post('/api/v1/orders/bulk_create/', { orders });
      if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
    }
  }

  async during(ms: number): Promise<OthersFigures> {
    const end = performance.now() + ms;
    const durations: number[] = [];
    const refused: number[] = [];
    let liveMaxMs = 0;
    const again = async (act: () => Promise<void>) => {
      while (performance.now() < end) {
        await act();
        await sleep(PAUSE_MS);
      }
    };
    const place = async () => {
      const { status, took } = await timed(() => this.post('/api/v1/orders/', this.order()));
      if (status === 201) durations.push(took);
      else refused.push(status);
    };
    const live = async () => {
      const { status, took } = await timed(() => fetch(`${this.url}/health/live`));
      if (status !== 200) throw new Error(`/health/live said ${status}`);
      liveMaxMs = Math.max(liveMaxMs, took);
    };
    await Promise.all([...Array.from({ length: CLIENTS }, () => again(place)), again(live)]);
    durations.sort((a, b) => a - b);
    return {
      placed: durations.length,
      p99Ms: durations[Math.ceil(durations.length * 0.99) - 1] ?? Number.NaN,
      refused,
      liveMaxMs,
    };
  }

  private order() {
    return {
      customer_name: 'Ada Long',
      customer_email: 'ada@example.com',
      items: [{ product_id: this.productId, quantity: 1 }],
    };
  }

  private post(path: string, body: unknown): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }
}

async function timed(ask: () => Promise<Response>): Promise<{ status: number; took: number }> {
  const begun = performance.now();
  const response = await ask();
  await response.arrayBuffer();
  return { status: response.status, took: performance.now() - begun };
}
