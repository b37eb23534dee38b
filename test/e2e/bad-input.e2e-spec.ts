import { equal } from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { FoldOrderStatistics } from '@app/orders';
import { type TestApi, testApi } from '../support/api';
import { CONTEXT_SCHEMAS } from '../support/context-schemas';
import { someProducts } from '../support/factories';
import { sendBytes } from '../support/raw-http';

interface Endpoint {
  method: 'POST' | 'PATCH';
  path: string;
  /** Would be taken. Its first field is a text or a number. */
  body: Record<string, unknown>;
  /** A field with text of any length up to its limit. */
  text?: string;
}

const ORDER = '0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11';
const ENDPOINTS: Endpoint[] = [
  {
    method: 'POST',
    path: '/api/v1/orders/',
    body: { customer_name: 'A', customer_email: 'a@example.com', items: [{ product_id: 1, quantity: 1 }] },
    text: 'notes',
  },
  {
    method: 'POST',
    path: '/api/v1/orders/bulk_create/',
    body: {
      orders: [{ customer_name: 'A', customer_email: 'a@example.com', items: [{ product_id: 1, quantity: 1 }] }],
    },
  },
  {
    method: 'POST',
    path: '/api/orders/',
    body: { user_id: 'user44', item_ids: [1], total_amount: 1.5 },
    text: 'user_id',
  },
  {
    method: 'POST',
    path: '/api/v1/products/',
    body: { name: 'A', sku: 'NEW', price: '1.00' },
    text: 'description',
  },
  { method: 'PATCH', path: '/api/v1/products/1/', body: { name: 'Other' }, text: 'description' },
  { method: 'PATCH', path: `/api/v1/orders/${ORDER}/`, body: { notes: 'Other' }, text: 'shipping_address' },
  { method: 'POST', path: `/api/v1/orders/${ORDER}/cancel/`, body: { reason: 'Other' }, text: 'reason' },
  {
    method: 'POST',
    path: '/api/v1/inventory/1/adjust/',
    body: { adjustment_type: 'add', quantity: 1 },
    text: 'notes',
  },
  { method: 'POST', path: '/api/v1/inventory/reconcile/', body: { dry_run: false } },
];
const named = ENDPOINTS.map((endpoint): [string, Endpoint] => [`${endpoint.method} ${endpoint.path}`, endpoint]);

/** Each value with a name that is short enough to read. */
const short = (values: readonly string[]) =>
  values.map((value): [string, string] => [
    value.length > 60 ? `${value.slice(0, 20)}… (${value.length})` : value,
    value,
  ]);

const nested = (open: string, close: string, levels: number) => open.repeat(levels) + close.repeat(levels);
/** The JSON of a body with more members, written by hand. */
const withMembers = (body: object, members: string) => `${JSON.stringify(body).slice(0, -1)},${members}}`;

type Attack = (endpoint: Endpoint) => { body: string | Buffer; headers?: Record<string, string> };
const BODIES: Record<string, Attack> = {
  'a truncated body': ({ body }) => ({ body: JSON.stringify(body).slice(0, -1) }),
  'no JSON': () => ({ body: '<order/>' }),
  'JSON and more': ({ body }) => ({ body: `${JSON.stringify(body)}{}` }),
  null: () => ({ body: 'null' }),
  'an array': ({ body }) => ({ body: JSON.stringify([body]) }),
  'a text': () => ({ body: '"text"' }),
  'a number': () => ({ body: '42' }),
  NaN: ({ body }) => ({ body: withMembers(body, '"more":NaN') }),
  'a field that does not exist': ({ body }) => ({ body: JSON.stringify({ ...body, nonsense: 1 }) }),
  'a field twice, the same': ({ body }) => ({ body: withMembers(body, JSON.stringify(body).slice(1, -1)) }),
  'a field twice, once escaped': ({ body }) => {
    const [first] = Object.keys(body);
    const escaped = `\\u${first!.charCodeAt(0).toString(16).padStart(4, '0')}${first!.slice(1)}`;
    return { body: withMembers(body, `"${escaped}":${JSON.stringify(body[first!])}`) };
  },
  __proto__: ({ body }) => ({ body: withMembers(body, '"__proto__":{"admin":true}') }),
  '__proto__ within': ({ body }) => ({ body: withMembers(body, '"more":{"__proto__":1}') }),
  'a constructor': ({ body }) => ({ body: withMembers(body, '"constructor":{"prototype":{"admin":true}}') }),
  'a constructor that is a number': ({ body }) => ({ body: withMembers(body, '"constructor":1') }),
  'a prototype': ({ body }) => ({ body: withMembers(body, '"prototype":null') }),
  '10,000 levels of arrays': () => ({ body: nested('[', ']', 10_000) }),
  '10,000 levels within': ({ body }) => ({ body: withMembers(body, `"more":${nested('[', ']', 10_000)}`) }),
  '150,000 levels of objects': () => ({ body: `${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}` }),
  'bytes that are not UTF-8': ({ body }) => ({
    body: Buffer.from(withMembers(body, '"more":"\u00e9"'), 'latin1'),
  }),
  'UTF-16': ({ body }) => ({ body: Buffer.from(JSON.stringify(body), 'utf16le') }),
  'more than 1 MiB': ({ body }) => ({ body: JSON.stringify({ ...body, notes: 'x'.repeat(1_100_000) }) }),
  'a text of 900 kB': ({ body, text = 'more' }) => ({ body: JSON.stringify({ ...body, [text]: 'x'.repeat(900_000) }) }),
  'a NUL character': ({ body, text = 'more' }) => ({ body: JSON.stringify({ ...body, [text]: 'a\u0000b' }) }),
  'half a surrogate pair': ({ body, text = 'more' }) => ({ body: JSON.stringify({ ...body, [text]: 'a\ud800b' }) }),
  'a number for a text': ({ body, text = 'more' }) => ({ body: JSON.stringify({ ...body, [text]: 1 }) }),
  'a gzip body': ({ body }) => ({
    body: gzipSync(JSON.stringify(body)),
    headers: { 'content-encoding': 'gzip' },
  }),
  'a gzip bomb': () => ({ body: gzipSync(Buffer.alloc(20_000_000)), headers: { 'content-encoding': 'gzip' } }),
  'an encoding that lies': ({ body }) => ({ body: JSON.stringify(body), headers: { 'content-encoding': 'br' } }),
  ...Object.fromEntries(
    [
      'text/plain',
      'text/json',
      'application/xml',
      'application/jsonp',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/octet-stream',
      'nonsense',
    ].map((type): [string, Attack] => [
      type,
      ({ body }) => ({ body: JSON.stringify(body), headers: { 'content-type': type } }),
    ]),
  ),
};

/** Numbers as JSON text. None of them is one that a field below would take, unless it is listed there. */
const NUMBERS = [
  '-1',
  '0',
  '1.5',
  '1e309',
  '-1e309',
  '"1"',
  'null',
  '[]',
  '{}',
  'true',
  '2147483648',
  '9007199254740992',
];
const NUMERIC_FIELDS: [name: string, path: string, json: (value: string) => string, taken: string[]][] = [
  [
    'quantity of an order',
    '/api/v1/orders/',
    (value) => `{"customer_name":"A","customer_email":"a@example.com","items":[{"product_id":1,"quantity":${value}}]}`,
    [],
  ],
  [
    'product of an order',
    '/api/v1/orders/',
    (value) => `{"customer_name":"A","customer_email":"a@example.com","items":[{"product_id":${value},"quantity":1}]}`,
    [],
  ],
  ['item of a simple order', '/api/orders/', (value) => `{"user_id":"u","item_ids":[${value}],"total_amount":1}`, []],
  [
    'total of a simple order',
    '/api/orders/',
    (value) => `{"user_id":"u","item_ids":[1],"total_amount":${value}}`,
    ['0', '1.5', '"1"', '2147483648'],
  ],
  ['price', '/api/v1/products/', (value) => `{"name":"A","sku":"N","price":${value}}`, ['1.5', '"1"']],
  ['initial stock', '/api/v1/products/', (value) => `{"name":"A","sku":"N","price":1,"initial_stock":${value}}`, ['0']],
  ['capacity', '/api/v1/products/', (value) => `{"name":"A","sku":"N","price":1,"maximum_capacity":${value}}`, ['0']],
  [
    'quantity of an adjustment',
    '/api/v1/inventory/1/adjust/',
    (value) => `{"adjustment_type":"remove","quantity":${value}}`,
    ['0'],
  ],
];

const LISTS = [
  '/api/v1/orders/',
  '/api/orders/',
  '/api/v1/products/',
  '/api/v1/products/low_stock/',
  '/api/v1/products/1/history/',
  '/api/v1/products/1/stock_history/',
  '/api/v1/inventory/',
  '/api/v1/inventory/1/transactions/',
  `/api/v1/orders/${ORDER}/history/`,
  '/api/v1/dead_letters/',
];
const PAGE_QUERIES = [
  ...['-1', '0', '101', '1.5', 'abc', '', '1e309', '2147483648', '9007199254740992', '%00', "1'--"].map(
    (value) => `page_size=${value}`,
  ),
  'page_size[]=5',
  'page_size=5&page_size=6',
  'cursor=AAAA',
  'cursor=%00',
  `cursor=${'A'.repeat(900)}`,
  `cursor=${'A'.repeat(1001)}`,
  'cursor=AAAA&cursor=AAAA',
  'nonsense=1',
  'toString=1',
  'page=0',
];
const SQL = ["'; drop table orders.orders; --", "' or '1'='1", '1); select pg_sleep(10); --', '%27%20or%201=1'];
const FILTERS: Record<string, string[]> = {
  '/api/v1/orders/': [
    'status=',
    'status=lost',
    'status[]=pending',
    'status=pending&status=lost',
    'priority=0',
    'stale_only=yes',
    'date_from=yesterday',
    'date_to=2026-02-30',
    'date_from=2026-11-20T10:00:00',
    'search=',
    'search=%00',
    `search=${'a'.repeat(201)}`,
    `customer_email=${'a'.repeat(255)}`,
    'customer_email=%00',
    ...SQL.flatMap((sql) =>
      ['ordering', 'status', 'priority', 'date_from', 'stale_only'].map((name) => `${name}=${sql}`),
    ),
  ],
  '/api/v1/products/': [
    'search=',
    'search=a%00b',
    'is_active=1',
    'ordering=price_minor',
    'ordering=--price',
    ...SQL.flatMap((sql) => ['ordering', 'is_active'].map((name) => `${name}=${sql}`)),
  ],
  '/api/v1/inventory/': ['low_stock=1', 'out_of_stock=', 'search=%00%00%00', ...SQL.map((sql) => `low_stock=${sql}`)],
};

FILTERS['/api/v1/orders/stream/'] = [
  'order_id=',
  'order_id=%00',
  'status=lost',
  'status[]=pending',
  'last_event_id=1',
  'nonsense=1',
  ...SQL.flatMap((sql) => ['order_id', 'status', 'last_event_id'].map((name) => `${name}=${sql}`)),
];

// A client that follows the URL standard resolves %2e%2e itself: it is among the bytes below.
const IDS = [
  '%00',
  '..%2f..%2fetc',
  '0',
  '-1',
  '1e3',
  '1.5',
  '1%20',
  '9'.repeat(16),
  '9'.repeat(300),
  '%ff',
  '%zz',
  '%',
];
const BY_ID = [
  '/api/v1/products/:id/',
  '/api/v1/products/:id/history/',
  '/api/v1/inventory/:id/',
  '/api/v1/inventory/:id/transactions/',
  '/api/v1/orders/:id/',
  '/api/v1/orders/:id/status/',
  '/api/v1/orders/:id/history/',
  '/api/orders/:id/status/',
  '/api/v1/orders/batches/:id/',
  '/api/v1/dead_letters/:id/',
];

const METHODS: [string, string, string][] = [
  ['PUT', '/api/v1/orders/', 'GET, HEAD, POST'],
  ['PUT', `/api/v1/orders/${ORDER}/`, 'DELETE, GET, HEAD, PATCH'],
  ['GET', `/api/v1/orders/${ORDER}/cancel`, 'POST'],
  ['POST', '/api/v1/orders/statistics/', 'DELETE, GET, HEAD, PATCH'],
  ['PUT', '/api/v1/products/1/', 'DELETE, GET, HEAD, PATCH'],
  ['GET', '/api/v1/inventory/1/adjust/', 'POST'],
  ['PATCH', '/api/orders/', 'GET, HEAD, POST'],
  ['PUT', '/api/v1/orders/bulk_create/', 'DELETE, GET, HEAD, PATCH, POST'],
  ['GET', `/api/v1/dead_letters/${ORDER}/replay/`, 'POST'],
  ['DELETE', '/api/metrics/', 'GET, HEAD'],
  ['OPTIONS', '/api/v1/products/?page_size=1', 'GET, HEAD, POST'],
  ['PROPFIND', '/health/', 'GET, HEAD'],
];

const head = (start: string, ...headers: string[]) => `${[start, ...headers].join('\r\n')}\r\n\r\n`;
const JSON_TYPE = 'Content-Type: application/json';
const CREATE = JSON.stringify(ENDPOINTS[0]!.body);
const BYTES: Record<string, string> = {
  'no HTTP': 'hello\r\n\r\n',
  'another protocol': '\u0016\u0003\u0001\u0002\u0000\u0001',
  'dots for an id': head('GET /api/v1/products/%2e%2e HTTP/1.1', 'Host: x', 'Connection: close'),
  'dots out of a folder': head('GET /swagger/../../package.json HTTP/1.1', 'Host: x', 'Connection: close'),
  'escaped dots out of a folder': head(
    'GET /swagger/%2e%2e/%2e%2e/package.json HTTP/1.1',
    'Host: x',
    'Connection: close',
  ),
  'a Host that is none': head('GET /api/v1/products/?page_size=1 HTTP/1.1', 'Host: a b'),
  'a Host with a path': head('GET /api/v1/products/?page_size=1 HTTP/1.1', 'Host: shop/evil'),
  'a carriage return in a header': head('GET /api/v1/orders/ HTTP/1.1', 'Host: x', 'X-Request-Id: a\rEvil: b'),
  'a NUL in a header': head('GET /api/v1/orders/ HTTP/1.1', 'Host: x', 'X-Request-Id: a\u0000b'),
  'a header without a name': head('GET /api/v1/orders/ HTTP/1.1', 'Host: x', ': value'),
  '20 kB of headers': head('GET /api/v1/orders/ HTTP/1.1', 'Host: x', `X-More: ${'x'.repeat(20_000)}`),
  'HTTP/1.1 without a Host': head('GET /api/v1/orders/ HTTP/1.1', 'Connection: close'),
  'a URL of 20 kB': head(`GET /api/v1/orders/?search=${'x'.repeat(20_000)} HTTP/1.1`, 'Host: x'),
  'two lengths':
    head('POST /api/v1/orders/ HTTP/1.1', 'Host: x', JSON_TYPE, 'Content-Length: 2', 'Content-Length: 3') + CREATE,
  'a length and chunks':
    head('POST /api/v1/orders/ HTTP/1.1', 'Host: x', JSON_TYPE, 'Content-Length: 4', 'Transfer-Encoding: chunked') +
    `${CREATE.length.toString(16)}\r\n${CREATE}\r\n0\r\n\r\n`,
  'a chunk size that is none':
    head('POST /api/v1/orders/ HTTP/1.1', 'Host: x', JSON_TYPE, 'Transfer-Encoding: chunked') + `xyz\r\n${CREATE}\r\n`,
  'a key that is not ASCII': `${head(
    'POST /api/v1/orders/ HTTP/1.1',
    'Host: x',
    JSON_TYPE,
    'Idempotency-Key: k\u00e9y',
    `Content-Length: ${CREATE.length}`,
    'Connection: close',
  )}${CREATE}`,
};

describe('bad input is refused with a problem, and nothing is written', () => {
  let api: TestApi;
  let everything: string;
  let before: string;

  beforeAll(async () => {
    api = await testApi();
    await someProducts(api.app, [100, 100]);
    const order = { ...ENDPOINTS[0]!.body, order_id: ORDER };
    equal((await api.post('/api/v1/orders/', order)).status, 201);
    everything = await contentsOfAllTables();
    before = await contents();
  });
  afterAll(async () => {
    await api?.close();
  });
  afterEach(async () => {
    equal(await contents(), before, 'Something was written');
  });

  /** One statement that tells every row of every table apart. */
  async function contentsOfAllTables(): Promise<string> {
    const tables = await api.database.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname in ${CONTEXT_SCHEMAS}`,
    );
    const parts = tables.map(
      ({ name }) =>
        `select '${name}' as name, md5(coalesce(string_agg(t::text, ',' order by t::text), '')) as rows from ${name} t`,
    );
    return `select md5(string_agg(name || rows, ',' order by name)) as contents from (${parts.join(' union all ')}) tables`;
  }
  const contents = async () => (await api.database.query<{ contents: string }>(everything))[0]!.contents;

  async function expectProblem(response: Response, ...statuses: number[]): Promise<void> {
    const text = await response.text();
    expect([response.status, text]).toEqual([expect.any(Number), expect.stringContaining('"status"')]);
    expect(statuses).toContain(response.status);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json\b/);
    expect(JSON.parse(text)).toMatchObject({
      status: response.status,
      code: expect.stringMatching(/^[A-Z_]+$/),
      title: expect.not.stringMatching(/^Error$/),
      request_id: response.headers.get('x-request-id'),
    });
    expect(text).not.toMatch(/\bat .*\.[jt]s\b|syntax error|relation "|column "|pg_catalog|FST_ERR/);
  }

  describe.each(Object.entries(BODIES))('%s', (_, attack) => {
    it.each(named)('to %s', async (__, endpoint) => {
      const { body, headers } = attack(endpoint);
      const response = await api.request(endpoint.path, {
        method: endpoint.method,
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : new Uint8Array(body),
      });
      await expectProblem(response, 400, 413, 415);
    });
  });

  describe.each(NUMERIC_FIELDS)('as %s', (_, path, json, taken) => {
    it.each(NUMBERS.filter((value) => !taken.includes(value)))('%s', async (value) => {
      await expectProblem(await api.post(path, json(value)), 400);
    });
  });

  describe.each(LISTS)('in the query of %s', (path) => {
    it.each(short(PAGE_QUERIES))('%s', async (_, query) => {
      await expectProblem(await api.request(`${path}?${query}`), 400);
    });
  });

  describe.each(Object.entries(FILTERS))('as filter of %s', (path, queries) => {
    it.each(short(queries))('%s', async (_, query) => {
      await expectProblem(await api.request(`${path}?${query}`), 400);
    });
  });

  it.each(SQL)('SQL in a search is text: %s', async (sql) => {
    for (const path of ['/api/v1/orders/', '/api/v1/products/', '/api/v1/inventory/'])
      expect(await api.json(`${path}?search=${encodeURIComponent(sql)}`)).toMatchObject({ count: 0, results: [] });
    expect(await api.json(`/api/v1/orders/?customer_email=${encodeURIComponent(sql)}`)).toMatchObject({ count: 0 });
  });

  describe.each(BY_ID)('as id in %s', (path) => {
    it.each(short(IDS))('%s', async (_, id) => {
      await expectProblem(await api.request(path.replace(':id', id)), 400, 404, 414);
    });
  });

  it.each(METHODS)('%s %s is 405 and names %s', async (method, path, allowed) => {
    const response = await api.request(path, { method });
    expect(response.headers.get('allow')).toBe(allowed);
    await expectProblem(response, 405);
  });

  it.each([
    '/nowhere',
    '/api/v2/orders/',
    '/api/v1/orders//',
    '/API/V1/ORDERS',
    '/swagger/nothing',
    '/api/v1/%2e%2e/nowhere',
  ])('%s is 404', async (path) => {
    await expectProblem(await api.request(path), 404);
  });

  describe.each(['/api/v1/products/1/', `/api/v1/orders/${ORDER}/`])('as If-Match of %s', (path) => {
    const change = path.includes('products') ? { name: 'Changed' } : { notes: 'Changed' };
    it.each([
      ['W/"1"', 412],
      ['"0"', 412],
      ['"01"', 412],
      ['"2", W/"1", "x"', 412],
      ['"1', 400],
      ['1', 400],
      ['"1" "2"', 400],
      ['"1";', 400],
      ['*, "1"', 400],
      [Array.from({ length: 1000 }, () => '"9"').join(', '), 412],
    ])('tag %#', async (header, status) => {
      await expectProblem(await api.patch(path, change, { 'if-match': header }), status);
    });
  });

  describe.each(['/api/v1/orders/', '/api/orders/'])('as Idempotency-Key of %s', (path) => {
    it.each([
      ['of no characters', ''],
      ['of 256 characters', 'x'.repeat(256)],
      ['of two words', 'two words'],
      ['with a tab', 'tab\there'],
      ['that is not ASCII', 'é'],
      ['given twice', 'a, b'],
    ])('one %s', async (_, key) => {
      const { body } = ENDPOINTS.find((endpoint) => endpoint.path === path)!;
      await expectProblem(await api.post(path, body, { 'idempotency-key': key }), 400);
    });
  });

  it.each(Object.entries(BYTES))('%s', async (_, bytes) => {
    const answer = await sendBytes(api.url, bytes.includes('\u00e9') ? Buffer.from(bytes, 'latin1') : bytes);
    const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(answer) ?? [];
    expect([answer, Number(status)]).toEqual([answer, expect.any(Number)]);
    expect(Number(status)).toBeGreaterThanOrEqual(400);
    expect(Number(status)).toBeLessThan(500);
    expect(answer).toMatch(/content-type: application\/problem\+json/i);
    expect(answer).not.toMatch(/\nEvil:/i);
  });

  it('a body that ends before its length writes nothing', async () => {
    const start = head('POST /api/v1/orders/ HTTP/1.1', 'Host: x', JSON_TYPE, `Content-Length: ${CREATE.length + 1}`);
    expect(await sendBytes(api.url, start + CREATE)).not.toMatch(/^HTTP\/1\.1 [25]/);
  });

  it('a request id that could break a log line is replaced', async () => {
    for (const id of ['a b', 'x'.repeat(129), '{"a":1}', 'é']) {
      const response = await api.request('/api/v1/orders/', { headers: { 'x-request-id': id } });
      expect([response.status, response.headers.get('x-request-id')]).toEqual([
        200,
        expect.stringMatching(/^[\da-f-]{36}$/),
      ]);
    }
  });
});

describe('the greatest order there can be', () => {
  it('costs exactly what it costs: 100 lines of 1,000 units at 999999.99', async () => {
    const api = await testApi();
    const products = await someProducts(
      api.app,
      Array.from({ length: 100 }, () => 1000),
      { priceMinor: 99_999_999 },
    );
    const items = products.map((product_id) => ({ product_id, quantity: 1000 }));
    const response = await api.post('/api/v1/orders/', { customer_name: 'A', customer_email: 'a@example.com', items });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ total_amount: '99999999000.00', items_count: 100 });
    expect(await api.json('/api/v1/orders/statistics/')).toMatchObject({ revenue_24h: '99999999000.00' });
    await api.close();
  });

  it('is added up to the cent a thousand times over, in the statistics and for the metrics, folded or not', async () => {
    const api = await testApi();
    const [product] = await someProducts(api.app, [1], { priceMinor: 1 });
    const items = [{ product_id: product, quantity: 1 }];
    await api.post('/api/v1/orders/', { customer_name: 'A', customer_email: 'a@example.com', items });
    // More than 2^53 minor units, and odd, so that a number can not hold it.
    await api.database.query(
      `insert into orders.orders
       select (jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(), 'total_minor', 9999999999999))).*
         from orders.orders o, generate_series(1, 1000)`,
    );
    for (const folded of [false, true]) {
      if (folded) await api.app.get(FoldOrderStatistics, { strict: false }).execute();
      const response = await api.request('/api/v1/orders/statistics/');
      expect([response.status, await response.json()]).toEqual([
        200,
        expect.objectContaining({ total_orders: 1001, revenue_24h: '99999999999990.01' }),
      ]);
      expect(await (await api.request('/metrics')).text()).toMatch(/^orders_by_status\{status="pending"\} 1001$/m);
    }
    await api.close();
  });
});
