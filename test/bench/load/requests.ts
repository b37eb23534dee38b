/** The products that orders are for: each order takes one of the first half and one of the second. */
export const PRODUCTS = 100;
const HALF = PRODUCTS / 2;
const BULK_ORDERS = 1000;
const READS = 0.7;

/** What a generator is told besides the kind of its requests. */
export interface RequestInput {
  /** Makes names, addresses and keys of one run different from those of every other. */
  run: string;
  /** Orders that are there: to be read, or to be cancelled one after the other. */
  orderIds: readonly string[];
  /** Access token of whoever sends them; not given: they have no credential. */
  token?: string;
}

export type RequestKind =
  | 'order'
  | 'order:keyed'
  | 'order:hot'
  | 'order:token'
  | 'echo'
  | 'bulk'
  | 'cancel'
  | 'detail'
  | 'list'
  | `list:${'status' | 'open' | 'priority' | 'customer' | 'dates' | 'search' | 'name'}`
  | 'statistics'
  | 'mixed';

type NextRequest = () => string;

/** The kinds of requests. Each makes a function that gives the next request, ready to be written to a socket. */
export const REQUESTS: Record<RequestKind, (input: RequestInput) => NextRequest> = {
  order: ({ run }) => posts('/api/v1/orders/', (n) => order(run, n)),
  'order:keyed': ({ run }) =>
    posts(
      '/api/v1/orders/',
      (n) => order(run, n),
      (n) => `idempotency-key: ${run}-${n}\r\n`,
    ),
  'order:hot': ({ run }) => posts('/api/v1/orders/', (n) => order(run, n, `[{"product_id":1,"quantity":1}]`)),
  'order:token': ({ run, token = '' }) =>
    posts(
      '/api/v1/orders/',
      (n) => order(run, n),
      () => `authorization: Bearer ${token}\r\n`,
    ),
  echo: ({ run }) => posts('/echo', (n) => order(run, n)),
  bulk: ({ run }) => posts('/api/v1/orders/bulk_create/', (n) => bulk(run, n)),
  list: () => gets(() => '/api/v1/orders/'),
  'list:status': () => gets(() => '/api/v1/orders/?status=delivered'),
  'list:customer': () =>
    gets(() => `/api/v1/orders/?customer_email=${encodeURIComponent(email('grown', whole(1000)))}`),
  'list:open': () => gets(() => '/api/v1/orders/?status=pending'),
  'list:priority': () => gets(() => '/api/v1/orders/?priority=high'),
  'list:dates': () => gets(() => `/api/v1/orders/?date_from=${daysAgo(1 + whole(1000))}&ordering=created_at`),
  'list:search': () => gets(() => `/api/v1/orders/?search=${encodeURIComponent(email('grown', whole(1000)))}`),
  'list:name': () => gets(() => `/api/v1/orders/?search=family${100 + whole(900)}`),
  statistics: () => gets(() => '/api/v1/orders/statistics/'),
  detail: ({ orderIds }) => gets(() => `/api/v1/orders/${oneOf(orderIds)}/`),
  cancel: ({ orderIds }) => {
    let next = 0;
    return () => post(`/api/v1/orders/${orderIds[next++]}/cancel/`, '{"reason":"No longer needed."}');
  },
  mixed: (input) => {
    const place = REQUESTS.order(input);
    const reads = [REQUESTS.detail(input), REQUESTS.detail(input), REQUESTS.list(input), REQUESTS.statistics(input)];
    return () => (Math.random() < READS ? oneOf(reads)() : place());
  },
};

/** How many orders one request of a kind places. */
export const ORDERS_PER_REQUEST: Partial<Record<RequestKind, number>> = { bulk: BULK_ORDERS };

function order(run: string, n: number, items = twoItems()): string {
  return (
    `{"customer_name":"Customer ${n}","customer_email":"${email(run, n)}","items":${items},` +
    `"shipping_address":"${1 + (n % 200)} Harbour Street, 20457 Hamburg, Germany"}`
  );
}

function bulk(run: string, n: number): string {
  const orders = Array.from({ length: BULK_ORDERS }, (_, index) => order(run, n * BULK_ORDERS + index));
  return `{"orders":[${orders.join(',')}]}`;
}

const email = (run: string, n: number) => `customer${n}@${run}.example.com`;

const twoItems = () =>
  `[{"product_id":${1 + whole(HALF)},"quantity":1},{"product_id":${1 + HALF + whole(HALF)},"quantity":2}]`;

function posts(path: string, body: (n: number) => string, headers: (n: number) => string = () => ''): () => string {
  let n = 0;
  return () => post(path, body(++n), headers(n));
}

function gets(path: () => string): () => string {
  return () => `GET ${path()} HTTP/1.1\r\nhost: localhost\r\n\r\n`;
}

// All of it is ASCII: a character is a byte.
function post(path: string, body: string, headers = ''): string {
  return `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n${headers}content-length: ${body.length}\r\n\r\n${body}`;
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

const whole = (below: number) => Math.floor(Math.random() * below);

function oneOf<Item>(items: readonly Item[]): Item {
  return items[whole(items.length)]!;
}
