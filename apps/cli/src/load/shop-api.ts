import type { BasketLine, SellableProduct } from './shelf';

const PAGE_SIZE = 100;
/** More would not make the load more varied. */
const PRODUCTS_MAX = 1000;
const TIMEOUT_MS = 30_000;
const UNFINISHED = ['pending', 'processing', 'shipped'];

export interface ListedOrder {
  order_id: string;
  status: string;
  created_at: string;
  current_state_since: string;
}

export type PlacementAnswer =
  { result: 'created'; orderId: string; ms: number } | { result: 'rejected' | 'failed'; reason: string; ms: number };

interface Page<Item> {
  count: number;
  count_is_capped: boolean;
  next: string | null;
  results: Item[];
}

/** The API as a customer's program sees it. */
export class ShopApi {
  constructor(private readonly baseUrl: string) {}

  /** Active products, the oldest first; the first thousand are enough. */
  async listProducts(): Promise<SellableProduct[]> {
    const products: SellableProduct[] = [];
    const query = { is_active: 'true', ordering: 'created_at' };
    for await (const { id, available_stock } of this.list<{ id: number; available_stock: number }>('products', query)) {
      products.push({ id, available: available_stock });
      if (products.length === PRODUCTS_MAX) break;
    }
    return products;
  }

  /** Places an order. Never throws: what went wrong is the answer. */
  async placeOrder(customerEmail: string, items: BasketLine[], idempotencyKey: string): Promise<PlacementAnswer> {
    const startedAt = performance.now();
    const ms = () => performance.now() - startedAt;
    try {
      const response = await fetch(`${this.baseUrl}/api/v1/orders/`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
        body: JSON.stringify({ customer_name: 'Load Test', customer_email: customerEmail, items }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const text = await response.text();
      const took = ms();
      if (response.status === 201)
        return { result: 'created', orderId: (JSON.parse(text) as ListedOrder).order_id, ms: took };
      const result = response.status >= 500 || response.status < 400 ? 'failed' : 'rejected';
      return { result, reason: `${response.status} ${problemCode(text)}`.trim(), ms: took };
    } catch (error) {
      return { result: 'failed', reason: reasonOf(error), ms: ms() };
    }
  }

  /** How many orders of a customer are still on their way: one request, however many there are. */
  async countUnfinished(customerEmail: string): Promise<{ count: number; isCapped: boolean }> {
    const query = new URLSearchParams({ customer_email: customerEmail, page_size: '1' });
    for (const status of UNFINISHED) query.append('status', status);
    const { count, count_is_capped } = await this.get<Page<ListedOrder>>(`/api/v1/orders/?${query.toString()}`);
    return { count, isCapped: count_is_capped };
  }

  listOrders(customerEmail: string): AsyncGenerator<ListedOrder> {
    return this.list<ListedOrder>('orders', { customer_email: customerEmail });
  }

  private async *list<Item>(of: string, query: Record<string, string>): AsyncGenerator<Item> {
    const path = `/api/v1/${of}/`;
    let search: string | undefined = `?${new URLSearchParams({ ...query, page_size: String(PAGE_SIZE) }).toString()}`;
    while (search) {
      const page: Page<Item> = await this.get<Page<Item>>(path + search);
      yield* page.results;
      // Behind a proxy the server's own name for itself may be another one than ours.
      search = page.next === null ? undefined : new URL(page.next).search;
    }
  }

  private async get<T>(path: string): Promise<T> {
    const response = await fetch(this.baseUrl + path, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(
      (error: unknown) => {
        throw new Error(`No API answers at ${this.baseUrl} (${reasonOf(error)}): is it running there?`);
      },
    );
    const text = await response.text();
    if (!response.ok)
      throw new Error(`${this.baseUrl}${path.split('?')[0]} answered ${response.status} ${problemCode(text)}`.trim());
    try {
      return JSON.parse(text) as T;
    } catch {
      throw new Error(`What answers at ${this.baseUrl} is not the API of this product.`);
    }
  }
}

function problemCode(text: string): string {
  try {
    return (JSON.parse(text) as { code?: string }).code ?? '';
  } catch {
    return '';
  }
}

/** fetch says "fetch failed" and keeps the reason in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${TIMEOUT_MS / 1000} s`;
  const cause = error.cause as { code?: string; message?: string } | undefined;
  return cause?.code ?? cause?.message ?? error.message;
}
