import { type ApiClient, createClient, dataOf, everyItem, type OrderListItem, ProblemError } from '@app/client';
import { isFinal, ORDER_STATUSES } from '@app/orders';
import { errorCode, isRecord } from '@app/platform';
import type { BasketLine, SellableProduct } from './shelf';

const PAGE_SIZE = 100;
/** More would not make the load more varied. */
const PRODUCTS_MAX = 1000;
const TIMEOUT_MS = 30_000;
const UNFINISHED: OrderListItem['status'][] = ORDER_STATUSES.filter((status) => !isFinal(status));

export type ListedOrder = Pick<OrderListItem, 'order_id' | 'status' | 'created_at' | 'current_state_since'>;

export type PlacementAnswer =
  { result: 'created'; orderId: string; ms: number } | { result: 'rejected' | 'failed'; reason: string; ms: number };

/** The API as a customer's program sees it. */
export class ShopApi {
  private readonly client: ApiClient;

  constructor(
    private readonly baseUrl: string,
    apiKey?: string,
  ) {
    this.client = createClient({ baseUrl, headers: apiKey === undefined ? {} : { 'X-API-Key': apiKey } });
  }

  /** Active products, the oldest first; the first thousand are enough. */
  async listProducts(): Promise<SellableProduct[]> {
    const products: SellableProduct[] = [];
    const query = { is_active: true, ordering: 'created_at', page_size: PAGE_SIZE } as const;
    const pages = (cursor: string | undefined) =>
      this.read('/api/v1/products/', (signal) =>
        this.client.GET('/api/v1/products/', { params: { query: { ...query, cursor } }, signal }),
      );
    for await (const { id, available_stock } of everyItem(pages)) {
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
      const { data, error, response } = await this.client.POST('/api/v1/orders/', {
        params: { header: { 'Idempotency-Key': idempotencyKey } },
        body: { customer_name: 'Load Test', customer_email: customerEmail, items },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const took = ms();
      if (response.status === 201 && data) return { result: 'created', orderId: data.order_id, ms: took };
      const result = response.status >= 500 || response.status < 400 ? 'failed' : 'rejected';
      // Something else than the API may have answered.
      const code = isRecord(error) ? error.code : undefined;
      return { result, reason: [response.status, code].filter(Boolean).join(' '), ms: took };
    } catch (error) {
      return { result: 'failed', reason: reasonOf(error), ms: ms() };
    }
  }

  /** How many orders of a customer are still on their way: one request, however many there are. */
  async countUnfinished(customerEmail: string): Promise<{ count: number; isCapped: boolean }> {
    const query = { customer_email: customerEmail, page_size: 1, status: UNFINISHED };
    const { count, count_is_capped } = await this.readOrders(query);
    return { count, isCapped: count_is_capped };
  }

  listOrders(customerEmail: string): AsyncGenerator<ListedOrder> {
    return everyItem((cursor) =>
      this.readOrders({ customer_email: customerEmail, page_size: PAGE_SIZE, ...(cursor ? { cursor } : {}) }),
    );
  }

  private readOrders(query: {
    customer_email: string;
    page_size: number;
    cursor?: string;
    status?: OrderListItem['status'][];
  }) {
    return this.read('/api/v1/orders/', (signal) => this.client.GET('/api/v1/orders/', { params: { query }, signal }));
  }

  private async read<Data>(
    path: string,
    ask: (signal: AbortSignal) => Promise<{ data?: Data; error?: unknown; response: Response }>,
  ): Promise<Exclude<Data, undefined>> {
    try {
      return await dataOf(ask(AbortSignal.timeout(TIMEOUT_MS)));
    } catch (error) {
      if (error instanceof ProblemError)
        throw new Error(`${this.baseUrl}${path} answered ${error.status} ${error.problem?.code ?? ''}`.trim(), {
          cause: error,
        });
      if (error instanceof SyntaxError)
        throw new Error(`What answers at ${this.baseUrl} is not the API of this product.`, { cause: error });
      throw new Error(`No API answers at ${this.baseUrl} (${reasonOf(error)}): is it running there?`, { cause: error });
    }
  }
}

/** fetch says "fetch failed" and keeps the reason in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${TIMEOUT_MS / 1000} s`;
  const { cause } = error;
  return errorCode(cause) ?? (cause instanceof Error ? cause.message : error.message);
}
