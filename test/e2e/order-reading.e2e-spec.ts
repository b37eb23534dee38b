import { randomUUID } from 'node:crypto';
import { ApplyTransitions, type OrderStatus } from '@app/orders';
import { Principal } from '@app/platform';
import { type TestApi, testApi } from '../support/api';
import { someProducts } from '../support/factories';

interface Order {
  order_id: string;
  status: OrderStatus;
  version: number;
  updated_at: string;
  created_at: string;
  current_state_since: string;
  total_amount: string;
  status_history: { from_status: string | null; to_status: string; notes: string | null }[];
}
interface Change {
  version: number;
  status: string;
  changed_by: string;
  changed_date: string;
  change_type: string;
  change_reason: string | null;
  request_id: string | null;
  total_amount: string;
  changes: { field: string; from: unknown; to: unknown }[];
}
interface Page<Item> {
  count: number;
  next: string | null;
  previous: string | null;
  results: Item[];
}

describe('reading and amending orders over the API', () => {
  let api: TestApi;
  let product: number;

  beforeAll(async () => {
    api = await testApi();
    [product] = (await someProducts(api.app, [100_000])) as [number];
  });
  afterAll(async () => {
    await api?.close();
  });

  const place = async (given: object = {}, headers?: Record<string, string>) => {
    const response = await api.post(
      '/api/v1/orders/',
      {
        customer_name: 'John Doe',
        customer_email: 'john@example.com',
        items: [{ product_id: product, quantity: 2 }],
        ...given,
      },
      headers,
    );
    expect(response.status).toBe(201);
    return (await response.json()) as Order;
  };
  const move = async (orderId: string, ...way: OrderStatus[]) => {
    for (const to of way)
      await api.app
        .get(ApplyTransitions)
        .execute([{ orderId, to, principal: Principal.system('worker'), requestId: 'moved', reason: null }]);
  };
  const read = (id: string, query = '') => api.json<Order>(`/api/v1/orders/${id}/${query}`);
  const history = (id: string, query = '') => api.json<Page<Change>>(`/api/v1/orders/${id}/history/${query}`);
  const follow = async <Item>(url: string | null) => (await (await fetch(url!)).json()) as Page<Item>;
  /** Waits until the clock has left the millisecond: times of versions have three digits. */
  const nextMillisecond = async () => {
    const now = Date.now();
    while (Date.now() <= now + 1) await new Promise((resolve) => setImmediate(resolve));
    return new Date().toISOString();
  };

  describe('status', () => {
    it('says where an order is and since when', async () => {
      const { order_id, created_at } = await place();
      const status = () => api.json(`/api/v1/orders/${order_id}/status/`);
      expect(await status()).toEqual({ order_id, status: 'pending', created_at, current_state_since: created_at });
      await move(order_id, 'processing');
      const { current_state_since } = await read(order_id);
      expect(await status()).toEqual({ order_id, status: 'processing', created_at, current_state_since });
    });

    it.each(['status', 'history', ''])('answers 404 for %s of an order that does not exist', async (path) => {
      const response = await api.request(`/api/v1/orders/${randomUUID()}/${path}`);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ code: 'ORDER_NOT_FOUND' });
    });
  });

  describe('history', () => {
    it('has every version with its author and what changed, by the names of the API', async () => {
      const { order_id, total_amount } = await place({}, { 'x-request-id': 'placed-here' });
      await api.patch(`/api/v1/orders/${order_id}/`, { priority: 'high', notes: 'Ring twice' });
      await move(order_id, 'processing');
      await api.post(`/api/v1/orders/${order_id}/cancel/`, { reason: 'changed my mind' });
      const { count, results } = await history(order_id);
      expect(count).toBe(4);
      expect(results.map(({ version, status, changed_by }) => [version, status, changed_by])).toEqual([
        [4, 'cancelled', 'api'],
        [3, 'processing', 'worker'],
        [2, 'pending', 'api'],
        [1, 'pending', 'api'],
      ]);
      expect(results[3]).toMatchObject({
        change_type: 'created',
        request_id: 'placed-here',
        customer_name: 'John Doe',
        customer_email: 'john@example.com',
        total_amount,
        changes: [],
      });
      expect(results[2]!.changes).toEqual(
        expect.arrayContaining([
          { field: 'priority', from: 'normal', to: 'high' },
          { field: 'notes', from: null, to: 'Ring twice' },
        ]),
      );
      expect(results[1]).toMatchObject({ change_type: 'updated', request_id: 'moved' });
      const started = { field: 'processing_started_at', from: null, to: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/) };
      expect(results[1]!.changes).toEqual(
        expect.arrayContaining([{ field: 'status', from: 'pending', to: 'processing' }, started]),
      );
      expect(results[0]).toMatchObject({
        change_reason: 'changed my mind',
        changes: [{ field: 'status', from: 'processing', to: 'cancelled' }],
      });
    });

    it('tells nothing of how the product works inside', async () => {
      const { order_id } = await place();
      await move(order_id, 'processing', 'pending');
      await api.database.query(`update orders.orders set put_backs = 2 where id = $1`, [order_id]);
      const fields = (await history(order_id)).results.flatMap(({ changes }) => changes.map(({ field }) => field));
      expect(new Set(fields)).toEqual(new Set(['status', 'processing_started_at']));
    });

    it('pages forwards and backwards over every version once', async () => {
      const { order_id } = await place();
      for (let index = 0; index < 7; index++)
        await api.patch(`/api/v1/orders/${order_id}/`, { notes: `note ${index}` });
      const versions = ({ results }: Page<Change>) => results.map(({ version }) => version);
      const first = await history(order_id, '?page_size=3');
      const second = await follow<Change>(first.next);
      const third = await follow<Change>(second.next);
      expect([first, second, third].map(versions)).toEqual([
        [8, 7, 6],
        [5, 4, 3],
        [2, 1],
      ]);
      expect([first.count, first.previous, third.next]).toEqual([8, null, null]);
      const back = await follow<Change>(third.previous);
      expect(back.results).toEqual(second.results);
      const start = await follow<Change>(back.previous);
      expect([start.results, start.previous]).toEqual([first.results, null]);
    });

    it('refuses the cursor of another order', async () => {
      const [one, other] = [await place(), await place()];
      await move(one.order_id, 'processing');
      const { next } = await history(one.order_id, '?page_size=1');
      const cursor = new URL(next!).searchParams.get('cursor')!;
      const response = await api.request(`/api/v1/orders/${other.order_id}/history/?cursor=${cursor}`);
      expect(response.status).toBe(400);
    });
  });

  describe('as_of', () => {
    it('gives status, version and history of that time', async () => {
      const { order_id } = await place();
      const pending = await nextMillisecond();
      await nextMillisecond();
      await move(order_id, 'processing');
      await api.patch(`/api/v1/orders/${order_id}/`, { notes: 'between' });
      const processing = await nextMillisecond();
      await nextMillisecond();
      await move(order_id, 'shipped', 'delivered');
      expect(await read(order_id, `?as_of=${pending}`)).toMatchObject({ status: 'pending', version: 1, notes: null });
      const then = await read(order_id, `?as_of=${processing}`);
      expect(then).toMatchObject({ status: 'processing', version: 3, notes: 'between', completed_at: null });
      expect(then.status_history.map(({ to_status }) => to_status)).toEqual(['pending', 'processing']);
      const now = await read(order_id, `?as_of=${await nextMillisecond()}`);
      const changing = { time_in_current_status: expect.anything(), time_in_current_status_minutes: expect.anything() };
      expect(now).toEqual({ ...(await read(order_id)), ...changing });
    });

    it('is exact at the moment of a change', async () => {
      const { order_id, created_at } = await place();
      await nextMillisecond();
      await move(order_id, 'processing');
      const { updated_at } = await read(order_id);
      expect(await read(order_id, `?as_of=${updated_at}`)).toMatchObject({ version: 2 });
      expect(await read(order_id, `?as_of=${created_at}`)).toMatchObject({ version: 1 });
    });

    it('has the ETag of the version that it shows', async () => {
      const { order_id, created_at } = await place();
      await nextMillisecond();
      await move(order_id, 'processing');
      const response = await api.request(`/api/v1/orders/${order_id}/?as_of=${created_at}`);
      expect(response.headers.get('etag')).toBe('"1"');
    });

    it('answers 404 for a time before the order was placed', async () => {
      const { order_id } = await place();
      for (const time of ['2020-01-01', '0001-01-01T00:00:00Z', new Date(Date.now() - 60_000).toISOString()])
        expect((await api.request(`/api/v1/orders/${order_id}/?as_of=${time}`)).status).toBe(404);
    });

    it.each(['yesterday', '2026-13-01', '2026-11-20T10:00:00', ''])('answers 400 for as_of=%s', async (time) => {
      const { order_id } = await place();
      expect((await api.request(`/api/v1/orders/${order_id}/?as_of=${time}`)).status).toBe(400);
    });
  });

  describe('PATCH', () => {
    const patch = (id: string, body: unknown, headers?: Record<string, string>) =>
      api.patch(`/api/v1/orders/${id}/`, body, headers);

    it('changes what may be changed, null and empty text clear, and the rest stays', async () => {
      const { order_id } = await place({ shipping_address: 'Old street 1', billing_address: 'Bank 1', notes: 'x' });
      const response = await patch(order_id, {
        shipping_address: 'New street 2',
        billing_address: null,
        notes: '',
        priority: 'high',
        tracking_number: '1Z',
      });
      expect([response.status, response.headers.get('etag')]).toEqual([200, '"2"']);
      expect(await response.json()).toMatchObject({
        shipping_address: 'New street 2',
        billing_address: null,
        notes: null,
        priority: 'high',
        tracking_number: '1Z',
        customer_name: 'John Doe',
        status: 'pending',
        version: 2,
      });
    });

    it('makes no new version of a change to what is there already', async () => {
      const { order_id } = await place({ notes: 'same' });
      const response = await patch(order_id, { notes: 'same', shipping_address: null, priority: 'normal' });
      expect([response.status, response.headers.get('etag')]).toEqual([200, '"1"']);
      expect((await history(order_id)).count).toBe(1);
    });

    it('lets one of two clients with the same ETag through', async () => {
      const { order_id } = await place();
      const answers = await Promise.all(['a', 'b'].map((notes) => patch(order_id, { notes }, { 'if-match': '"1"' })));
      expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 412]);
      expect((await history(order_id)).count).toBe(2);
    });

    it('loses neither its change nor the move of a stage that meets it', async () => {
      const orders = await Promise.all(Array.from({ length: 20 }, () => place()));
      await Promise.all(
        orders.flatMap(({ order_id }) => [patch(order_id, { notes: 'kept' }), move(order_id, 'processing')]),
      );
      for (const { order_id } of orders)
        expect(await read(order_id)).toMatchObject({ status: 'processing', notes: 'kept', version: 3 });
    });

    it.each<[OrderStatus, OrderStatus[]]>([
      ['delivered', ['processing', 'shipped', 'delivered']],
      ['cancelled', ['cancelled']],
      ['failed', ['failed']],
    ])('answers 409 once the order is %s', async (status, way) => {
      const { order_id } = await place();
      await move(order_id, ...way);
      const response = await patch(order_id, { notes: 'too late' });
      expect(response.status).toBe(409);
      expect(await response.json()).toMatchObject({
        code: 'ORDER_CANNOT_CHANGE',
        detail: `Cannot change order in ${status} status`,
      });
    });

    it.each<[string, unknown, string]>([
      ['nothing to change', {}, ''],
      ['a field that may not be changed', { status: 'delivered' }, 'status'],
      ['another total', { notes: 'x', total_amount: '1.00' }, 'total_amount'],
      ['no priority', { priority: null }, 'priority'],
      ['too long a text', { notes: 'x'.repeat(2001) }, 'notes'],
    ])('answers 400 for %s', async (_, body, field) => {
      const { order_id } = await place();
      const response = await patch(order_id, body);
      expect(response.status).toBe(400);
      const { errors } = (await response.json()) as { errors: { field: string }[] };
      expect(errors.map((error) => error.field)).toContain(field);
      expect((await history(order_id)).count).toBe(1);
    });

    it('answers 404 for an order that does not exist', async () => {
      expect((await patch(randomUUID(), { notes: 'x' })).status).toBe(404);
    });
  });

  describe('search', () => {
    let id: string;
    const find = async (search: string) => {
      const response = await api.request(`/api/v1/orders/?search=${encodeURIComponent(search)}`);
      expect([search, response.status]).toEqual([search, 200]);
      return ((await response.json()) as Page<Order>).results.map(({ order_id }) => order_id);
    };

    beforeAll(async () => {
      id = (
        await place({
          customer_name: "Zoë O'Brien & Söhne",
          customer_email: 'Zoe.OBrien+shop@Examples.net',
          external_reference: 'PO:4711|(a)',
        })
      ).order_id;
    });

    it.each([
      'zoë',
      'ZO',
      "o'b",
      "O'Brien",
      'söh',
      'ZOE',
      'zoe\u0308',
      'ｚｏｅ',
      'brien',
      'shop@examples.net',
      'examples.net',
      '@examples.n',
      '4711',
      '"Söhne",',
      'sohne\u00a0&\u3000zoe',
      "zoë o'brien",
      'söhne zoë',
      'zoe.obrien+shop@examples.net',
      'zoe.ob',
      'po:4711',
      'PO:4711|(a)',
    ])('finds the order by %s', async (search) => {
      expect(await find(search)).toEqual([id]);
    });

    it('finds it by its id and by the beginning of it', async () => {
      expect(await find(id)).toEqual([id]);
      expect(await find(id.slice(0, 18))).toContain(id);
      expect(await find(id.toUpperCase())).toEqual([id]);
    });

    it.each([
      '&',
      'net',
      'rien',
      'zoë brown',
      'xamples.net',
      'obrien.example',
      '711',
      'zoë | john:*',
      "zoë':* | 'john'",
    ])('does not find it by %s', async (search) => {
      expect(await find(search)).toEqual([]);
    });

    it.each([
      "'",
      "''",
      "'''",
      '\\',
      "\\'",
      '\\\\',
      '&',
      '|',
      '!',
      '<->',
      ':*',
      ':A',
      '(',
      ')',
      '( ) & ! | <2>',
      '%',
      '_',
      '*',
      '"',
      '$1',
      "'; drop table orders.orders; --",
      '\u{1F600}',
      'İ',
      '\u00a0',
      'x'.repeat(200),
      'é'.repeat(200),
    ])('bears %j', async (search) => {
      const response = await api.request(`/api/v1/orders/?search=${encodeURIComponent(search)}`);
      expect([200, 400]).toContain(response.status);
      expect(await api.json('/api/v1/orders/?page_size=1')).toMatchObject({ results: [expect.anything()] });
    });

    it('searches within other filters, page by page', async () => {
      const placed: string[] = [];
      for (let index = 0; index < 5; index++)
        placed.unshift((await place({ customer_name: `Quentin Number${index}`, priority: 'low' })).order_id);
      await move(placed[0]!, 'cancelled');
      const page = await api.json<Page<Order>>(
        '/api/v1/orders/?search=quent%20num&status=pending&priority=low&page_size=3',
      );
      expect([page.count, page.results.map(({ order_id }) => order_id)]).toEqual([4, placed.slice(1, 4)]);
      const rest = await follow<Order>(page.next);
      expect(rest.results.map(({ order_id }) => order_id)).toEqual([placed[4]]);
    });
  });

  describe('statistics', () => {
    interface Statistics {
      total_orders: number;
      status_breakdown: Record<string, number>;
      stale_orders: number;
      recent_orders_24h: number;
      completion_rate: number;
      average_processing_seconds: number | null;
      revenue_24h: string;
    }
    const expectAgreement = async () => {
      const [table] = await api.database.query<Record<string, number>>(
        `select count(*) as total, count(*) filter (where created_at > now() - interval '24 hours') as recent,
                count(*) filter (where status = 'delivered') as delivered,
                coalesce(sum(total_minor) filter (where created_at > now() - interval '24 hours'
                                                    and status not in ('cancelled', 'failed')), 0)::bigint as revenue,
                avg(extract(epoch from completed_at - created_at))::float8 as seconds
           from orders.orders`,
      );
      const byStatus = await api.database.query<{ status: string; count: number }>(
        `select status, count(*) from orders.orders group by 1`,
      );
      const none = { pending: 0, processing: 0, shipped: 0, delivered: 0, cancelled: 0, failed: 0 };
      const read = await api.json<Statistics>('/api/v1/orders/statistics/');
      expect(read).toMatchObject({
        total_orders: table!.total,
        recent_orders_24h: table!.recent,
        status_breakdown: { ...none, ...Object.fromEntries(byStatus.map(({ status, count }) => [status, count])) },
        completion_rate: Math.round((table!.delivered! / table!.total!) * 10_000) / 100,
      });
      expect(Math.round(Number(read.revenue_24h) * 100)).toBe(table!.revenue);
      expect(read.average_processing_seconds).toBeCloseTo(table!.seconds!, 2);
      return read;
    };

    it('agree with the table after every request that changed something', async () => {
      const orders = await Promise.all(Array.from({ length: 12 }, () => place()));
      await move(orders[0]!.order_id, 'processing', 'shipped', 'delivered');
      await expectAgreement();
      await api.post(`/api/v1/orders/${orders[1]!.order_id}/cancel/`, {});
      await api.patch(`/api/v1/orders/${orders[2]!.order_id}/`, { priority: 'low' });
      await move(orders[3]!.order_id, 'processing', 'failed');
      await move(orders[4]!.order_id, 'processing');
      await expectAgreement();
      await api.database.query(
        `update orders.orders set created_at = created_at - interval '2 days', status_since = now() - interval '1 hour' where id = $1`,
        [orders[5]!.order_id],
      );
      await api.database.query(`update messaging.outbox set published_at = now() - interval '1 hour'`);
      expect((await expectAgreement()).stale_orders).toBe(1);
    });

    it('are empty and not wrong before the first order', async () => {
      const fresh = await testApi();
      expect(await fresh.json('/api/v1/orders/statistics/')).toEqual({
        total_orders: 0,
        status_breakdown: { pending: 0, processing: 0, shipped: 0, delivered: 0, cancelled: 0, failed: 0 },
        stale_orders: 0,
        recent_orders_24h: 0,
        completion_rate: 0,
        average_processing_seconds: null,
        revenue_24h: '0.00',
      });
      await fresh.close();
    });
  });
});
