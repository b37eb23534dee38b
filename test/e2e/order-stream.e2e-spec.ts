import { randomUUID } from 'node:crypto';
import { type TestApi, testApi } from '../support/api';
import { someProducts } from '../support/factories';
import { connectWithoutReading, listen, type ReceivedEvent, type TestEventSource } from '../support/event-source';
import { type RunningApp, startApp, until } from '../support/processes';

const STREAM = '/api/v1/orders/stream/';
const NOWHERE = '0-00000000-0000-0000-0000-000000000000';

describe('the stream of status changes', () => {
  let api: TestApi;
  let product: number;
  let sources: TestEventSource[];

  beforeAll(async () => {
    api = await testApi({ STREAM_HEARTBEAT_MS: '300', STREAM_READERS_MAX: '110' });
    [product] = (await someProducts(api.app, [100_000])) as [number];
  });
  afterAll(async () => {
    await api?.close();
  });
  beforeEach(() => {
    sources = [];
  });
  afterEach(async () => {
    await Promise.all(sources.map((source) => source.close()));
    await until(async () => (await metric('stream_readers')) === 0);
  });

  const stream = async (query = '', headers: Record<string, string> = {}) => {
    const source = await listen(`${api.url}${STREAM}${query}`, headers);
    sources.push(source);
    return source;
  };
  const place = async (headers: Record<string, string> = {}) => {
    const response = await api.post(
      '/api/v1/orders/',
      {
        customer_name: 'Ada Buyer',
        customer_email: 'ada@example.com',
        items: [{ product_id: product, quantity: 1 }],
      },
      headers,
    );
    expect(response.status).toBe(201);
    return ((await response.json()) as { order_id: string }).order_id;
  };
  const cancel = async (order: string) =>
    expect((await api.request(`/api/v1/orders/${order}/cancel/`, { method: 'POST' })).status).toBe(200);
  const received = (source: TestEventSource, count: number) => until(async () => source.events.length >= count);
  const metric = async (name: string) => {
    const line = (await (await api.request('/metrics')).text()).split('\n').find((each) => each.startsWith(`${name} `));
    return Number(line?.split(' ').at(-1) ?? 0);
  };
  const transitions = (events: ReceivedEvent[]) => events.map(({ data }) => `${data.order_id} ${data.to_status}`);

  it('begins at once, as a stream that nobody buffers, with the id to come back with', async () => {
    const source = await stream('', { 'x-request-id': 'reader-1' });
    const header = (name: string) => source.headers[name];
    expect(header('content-type')).toBe('text/event-stream');
    expect(header('cache-control')).toBe('no-cache, no-transform');
    expect(header('x-accel-buffering')).toBe('no');
    expect(header('x-request-id')).toBe('reader-1');
    expect(source.lines.slice(0, 3)).toEqual(['retry: 3000', expect.stringMatching(/^id: \d+-0-0{8}-/), '']);
    expect(source.events).toEqual([]);
  });

  it('tells what happened to an order, in order, without its requeueing', async () => {
    const source = await stream();
    const order = await place({ 'x-request-id': 'buyer-7' });
    await api.database.query(
      `insert into messaging.outbox (id, type, aggregate_id, aggregate_version, correlation_id, payload)
       values (gen_random_uuid(), 'order.requeued.v1', $1, 2, 'sweep', '{"order_id": "x"}')`,
      [order],
    );
    await cancel(order);
    await received(source, 2);
    expect(source.events).toEqual([
      {
        id: expect.stringMatching(/^\d+-1-[0-9a-f-]{36}$/),
        event: 'status',
        data: {
          order_id: order,
          from_status: null,
          to_status: 'pending',
          version: 1,
          occurred_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
          request_id: 'buyer-7',
        },
      },
      {
        id: expect.stringMatching(/^\d+-2-[0-9a-f-]{36}$/),
        event: 'status',
        data: expect.objectContaining({ order_id: order, from_status: 'pending', to_status: 'cancelled', version: 2 }),
      },
    ]);
  });

  it('gives only the orders and statuses that were asked for', async () => {
    const [mine, hers, his] = [await place(), await place(), await place()];
    const [some, cancelled, both] = await Promise.all([
      stream(`?order_id=${mine}&order_id=${hers.toUpperCase()}`),
      stream('?status=cancelled&status=failed'),
      stream(`?order_id=${mine}&status=cancelled`),
    ]);
    const theirs = await place();
    for (const order of [his, theirs, hers, mine]) await cancel(order);
    const last = (source: TestEventSource) =>
      until(async () => source.events.some(({ data }) => data.order_id === mine && data.to_status === 'cancelled'));
    await Promise.all([some, cancelled, both].map(last));
    const since = (source: TestEventSource) => transitions(source.events).filter((each) => !each.endsWith('pending'));
    expect(since(some)).toEqual([`${hers} cancelled`, `${mine} cancelled`]);
    expect(transitions(cancelled.events)).toEqual([his, theirs, hers, mine].map((order) => `${order} cancelled`));
    expect(transitions(both.events)).toEqual([`${mine} cancelled`]);
  });

  it('replays what a reader has missed, whether it comes back with the header or the query', async () => {
    const source = await stream();
    await place();
    await received(source, 1);
    await source.close();
    const missed = [await place(), await place()];
    const id = source.lastEventId();
    // A browser repeats the query of its first request, and sends the newer id as a header.
    const old = encodeURIComponent(`1-${NOWHERE}`);
    const [header, query] = [
      await stream(`?last_event_id=${old}`, { 'last-event-id': id }),
      await stream(`?last_event_id=${id}`),
    ];
    const next = await place();
    for (const back of [header, query]) {
      await received(back, 3);
      expect(transitions(back.events)).toEqual([...missed, next].map((order) => `${order} pending`));
    }
  });

  it('moves the id on while nothing happens, and with it loses nothing', async () => {
    const source = await stream(`?order_id=${randomUUID()}`);
    const begun = source.lastEventId();
    await place();
    await until(async () => source.lastEventId() !== begun);
    expect(source.events).toEqual([]);
    expect(source.lines).toContain(': heartbeat');
    const order = await place();
    const back = await stream('', { 'last-event-id': source.lastEventId() });
    await until(async () => transitions(back.events).includes(`${order} pending`));
  });

  it('says so when the id is older than what is kept, or of another database', async () => {
    const source = await stream();
    await place();
    await received(source, 1); // an event that is removed before it was polled would end those who read
    await api.database.query('delete from messaging.outbox');
    const order = await place();
    const expired = await stream('', { 'last-event-id': `1-${NOWHERE}` });
    await received(expired, 2);
    expect(expired.events.map(({ event }) => event)).toEqual(['reset', 'status']);
    expect(expired.events[0]!.data).toEqual({ reason: 'expired' });
    expect(expired.events[1]!.data).toMatchObject({ order_id: order });
    const unknown = await stream('', { 'last-event-id': `9000000000000000000-${NOWHERE}` });
    await received(unknown, 1);
    expect(unknown.events[0]).toMatchObject({ event: 'reset', data: { reason: 'unknown' } });
    const back = await stream('', { 'last-event-id': unknown.events[0]!.id });
    const next = await place();
    for (const each of [unknown, back]) await until(async () => transitions(each.events).includes(`${next} pending`));
  });

  it.each([
    ['an order id that is none', '?order_id=1', 'order_id[0]'],
    ['a status that there is not', '?status=lost', 'status[0]'],
    ['an unknown filter', '?state=pending', 'state'],
    ['an id that it never sent', '?last_event_id=1-2-3', 'last_event_id'],
    ['101 orders', `?${`order_id=${randomUUID()}&`.repeat(101)}`, 'order_id'],
  ])('refuses %s with a problem', async (_, query, field) => {
    const response = await api.request(`${STREAM}${query}`);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      400,
      'application/problem+json; charset=utf-8',
    ]);
    expect(((await response.json()) as { errors: { field: string }[] }).errors.map((error) => error.field)).toEqual([
      field,
    ]);
  });

  it('refuses a Last-Event-ID that it never sent', async () => {
    const response = await api.request(STREAM, { headers: { 'last-event-id': '42' } });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ field: 'Last-Event-ID' }] });
  });

  it('answers HEAD and ends', async () => {
    const response = await api.request(STREAM, { method: 'HEAD' });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  });

  it('serves 100 readers with the polls of one, and counts them as open, not as slow requests', async () => {
    await stream();
    await until(async () => (await metric('event_feed_reads_total{by="poll"}')) > 1);
    const [polls, replays] = [
      await metric('event_feed_reads_total{by="poll"}'),
      await metric('event_feed_reads_total{by="replay"}'),
    ];
    const begun = performance.now();
    await Promise.all(Array.from({ length: 99 }, () => stream()));
    const orders: string[] = [];
    for (let index = 0; index < 20; index++) orders.push(await place());
    await Promise.all(sources.map((source) => received(source, 20)));
    const tenths = Math.ceil((performance.now() - begun) / 100);
    for (const { events } of sources) expect(transitions(events)).toEqual(orders.map((order) => `${order} pending`));
    expect(new Set(sources.map(({ events }) => events.map(({ id }) => id).join())).size).toBe(1);
    expect(await metric('event_feed_reads_total{by="replay"}')).toBe(replays);
    // One poll every 100 ms at most, whatever the number of readers.
    expect((await metric('event_feed_reads_total{by="poll"}')) - polls).toBeLessThanOrEqual(tenths + 1);
    expect(await metric('stream_readers')).toBe(100);
    const text = await (await api.request('/metrics')).text();
    expect(text).toMatch(/http_request_duration_seconds_count\{method="GET",route="[^"]*stream",status="200"\}/);
  });

  it('takes no more readers than it may, and takes them again when others have left', async () => {
    const many = await Promise.all(Array.from({ length: 110 }, () => stream()));
    const refused = await api.request(STREAM);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toMatchObject({ code: 'TOO_MANY_STREAM_READERS' });
    await many[0]!.close();
    await until(async () => (await metric('stream_readers')) === 109);
    await stream();
  });

  it('drops a reader that does not read, and gives a fast one everything', async () => {
    const dropped = async () =>
      (await metric('stream_readers_dropped_total{cause="behind"}')) +
      (await metric('stream_readers_dropped_total{cause="stalled"}'));
    const before = await dropped();
    const fast = await stream();
    const slow = await connectWithoutReading(`${api.url}${STREAM}`);
    await until(async () => (await metric('stream_readers')) === 2);
    const count = 30_000;
    await api.database.query(
      `insert into messaging.outbox (id, type, aggregate_id, aggregate_version, correlation_id, payload, published_at)
       select id, 'order.placed.v1', id, 1, 'x', jsonb_build_object('order_id', id, 'status', 'pending', 'previous_status', null, 'priority', 2), now()
         from (select gen_random_uuid() as id from generate_series(1, ${count})) orders`,
    );
    await received(fast, count);
    await until(async () => (await dropped()) === before + 1);
    expect(new Set(fast.events.map(({ id }) => id)).size).toBe(count);
    expect(fast.events).toHaveLength(count);
    expect(await metric('stream_readers')).toBe(1);
    slow.destroy();
  });

  it('goes on where it was when all connections to the database are cut, again and again', async () => {
    const source = await stream();
    const orders: string[] = [];
    for (let index = 0; index < 30; index++) {
      orders.push(await placeThroughFaults());
      if (index % 6 === 3)
        await api.database.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
        );
    }
    await received(source, 30);
    expect(transitions(source.events)).toEqual(orders.map((order) => `${order} pending`));
  });

  /** The request may be the one whose connection is cut; with its key it is repeated. */
  async function placeThroughFaults(): Promise<string> {
    const key = randomUUID();
    let order: string | undefined;
    await until(async () => (order = await place({ 'idempotency-key': key }).catch(() => undefined)) !== undefined);
    return order!;
  }
});

describe('the stream while orders move', () => {
  let api: TestApi;
  let worker: RunningApp;
  let product: number;

  beforeAll(async () => {
    api = await testApi();
    [product] = (await someProducts(api.app, [100_000])) as [number];
    worker = await startApp('worker', { DATABASE_URL: api.database.url });
  });
  afterAll(async () => {
    await worker?.stop();
    await api?.close();
  });

  it('gives a reader that comes and goes exactly what one that stays gets, no version ever going back', async () => {
    const url = `${api.url}${STREAM}`;
    const staying = await listen(url);
    const parts: ReceivedEvent[] = [];
    let visits = 0;
    const moving = async () => {
      let id = staying.lastEventId();
      while (parts.length < 800) {
        const source = await listen(url, { 'last-event-id': id });
        const enough = Math.min(97, 800 - parts.length);
        await until(async () => source.events.length >= enough);
        await source.close();
        parts.push(...source.events.slice(0, enough));
        id = parts.at(-1)!.id;
        visits++;
      }
    };
    const place = async () => {
      const response = await api.post('/api/v1/orders/', {
        customer_name: 'Ada Buyer',
        customer_email: 'ada@example.com',
        items: [{ product_id: product, quantity: 1 }],
      });
      expect(response.status).toBe(201);
    };
    await Promise.all([moving(), ...Array.from({ length: 200 }, place)]);
    await until(async () => staying.events.length >= 800);
    await staying.close();
    expect(visits).toBe(9);
    expect(parts).toEqual(staying.events);
    const statuses = new Map<string, string[]>();
    for (const { data } of staying.events)
      statuses.set(data.order_id, [...(statuses.get(data.order_id) ?? []), `${data.version} ${data.to_status}`]);
    expect(statuses.size).toBe(200);
    for (const seen of statuses.values())
      expect(seen).toEqual(['1 pending', '2 processing', '3 shipped', '4 delivered']);
  }, 60_000);
});

describe('the stream of a process that stops', () => {
  it('ends at once, and the process with 0 within its deadline', async () => {
    const settings = { DATABASE_URL: '', SHUTDOWN_DEADLINE_MS: '4000', LOG_LEVEL: 'info' };
    const neighbour = await testApi();
    const api = await startApp('api', { ...settings, DATABASE_URL: neighbour.database.url });
    const readers = await Promise.all(Array.from({ length: 20 }, () => listen(`${api.url}${STREAM}`)));
    const idle = await connectWithoutReading(`${api.url}${STREAM}`);
    const begun = performance.now();
    const code = api.stop();
    await Promise.all(readers.map(({ ended }) => ended));
    expect(await code).toBe(0);
    expect(performance.now() - begun).toBeLessThan(2000);
    expect(api.output()).not.toContain('stop_deadline_passed');
    expect(api.output()).toContain('"cause":"shutdown"');
    idle.destroy();
    await neighbour.close();
  });
});
