import { DataSource } from 'typeorm';
import { type TestApi, testApi } from '../support/api';

interface Sent {
  status: number;
  text: string;
  replayed: string | null;
  etag: string | null;
  location: string | null;
}

describe('every write with an Idempotency-Key', () => {
  let api: TestApi;
  let sequence = 0;

  beforeAll(async () => {
    api = await testApi();
  });
  afterAll(async () => {
    await api?.close();
  });

  const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await api.request(path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return {
      status: response.status,
      text: await response.text(),
      replayed: response.headers.get('idempotency-replayed'),
      etag: response.headers.get('etag'),
      location: response.headers.get('location'),
    } satisfies Sent;
  };
  const newKey = () => `key-${++sequence}`;
  const keyed = (key: string) => ({ 'idempotency-key': key });
  const idOf = ({ text }: Sent) => (JSON.parse(text) as { id: number }).id;
  const addProduct = async (stock = 100) =>
    idOf(
      await send('POST', '/api/v1/products/', {
        name: 'Lamp',
        sku: `LAMP-${++sequence}`,
        price: '9.90',
        initial_stock: stock,
      }),
    );
  const placeOrder = async () => {
    const { text } = await send('POST', '/api/v1/orders/', {
      customer_name: 'A',
      customer_email: 'a@example.com',
      items: [{ product_id: await addProduct(), quantity: 1 }],
    });
    return (JSON.parse(text) as { order_id: string }).order_id;
  };
  const keepDeadLetter = async () => {
    const [{ id }] = await api.app.get(DataSource).query<[{ id: string }]>(
      `insert into messaging.dead_letters (id, queue, type, envelope, code, reason, attempts)
       select id, 'fulfillment', 'order.placed.v1', '{"type": "x"}', 'JOB_UNREADABLE', 'x', 1
         from (select gen_random_uuid() as id) made returning id`,
    );
    return id;
  };
  const onHand = async (id: number) => (await api.json<{ quantity: number }>(`/api/v1/inventory/${id}/`)).quantity;

  type Case = [name: string, prepare: () => Promise<[method: string, path: string, body: unknown, other: unknown]>];
  const CASES: Case[] = [
    [
      'adjust',
      async () => [
        'POST',
        `/api/v1/inventory/${await addProduct()}/adjust/`,
        { adjustment_type: 'add', quantity: 5 },
        { adjustment_type: 'add', quantity: 6 },
      ],
    ],
    [
      'add a product',
      async () => {
        const body = { name: 'Lamp', sku: `LAMP-${++sequence}`, price: '9.90', initial_stock: 1 };
        return ['POST', '/api/v1/products/', body, { ...body, name: 'Lamps' }];
      },
    ],
    [
      'change a product',
      async () => ['PATCH', `/api/v1/products/${await addProduct()}/`, { name: 'Lampe' }, { name: 'Lampen' }],
    ],
    [
      'take a product off sale',
      async () => ['DELETE', `/api/v1/products/${await addProduct()}/`, undefined, undefined],
    ],
    [
      'change an order',
      async () => ['PATCH', `/api/v1/orders/${await placeOrder()}/`, { notes: 'ring' }, { notes: 'knock' }],
    ],
    ['cancel', async () => ['POST', `/api/v1/orders/${await placeOrder()}/cancel/`, { reason: 'x' }, { reason: 'y' }]],
    [
      'cancel without a body',
      async () => ['POST', `/api/v1/orders/${await placeOrder()}/cancel/`, undefined, { reason: 'y' }],
    ],
    ['reconcile', async () => ['POST', '/api/v1/inventory/reconcile/', { dry_run: true }, { dry_run: false }]],
    ['discard', async () => ['POST', `/api/v1/dead_letters/${await keepDeadLetter()}/discard/`, undefined, undefined]],
  ];

  it.each(CASES)('gives the stored reply of %s byte for byte, and 422 to another one', async (_, prepare) => {
    const [method, path, body, other] = await prepare();
    const key = newKey();
    const first = await send(method, path, body, keyed(key));
    expect(first).toMatchObject({ replayed: null });
    expect(first.status).toBeLessThan(300);
    expect(await send(method, path, body, keyed(key))).toEqual({ ...first, replayed: 'true' });
    if (other !== undefined)
      expect(await send(method, path, other, keyed(key))).toMatchObject({
        status: 422,
        text: expect.stringContaining('IDEMPOTENCY_KEY_REUSED') as string,
      });
    const elsewhere = `/api/v1/inventory/${await addProduct()}/adjust/`;
    expect(await send('POST', elsewhere, { adjustment_type: 'add', quantity: 7 }, keyed(key))).toMatchObject({
      status: 422,
    });
  });

  it('counts a delivery that is sent twice once, and keeps the key with its movement', async () => {
    const id = await addProduct(10);
    const key = newKey();
    const delivery = { adjustment_type: 'add', quantity: 5 };
    const first = await send('POST', `/api/v1/inventory/${id}/adjust/`, delivery, keyed(key));
    const second = await send('POST', `/api/v1/inventory/${id}/adjust/`, delivery, keyed(key));
    expect(second).toMatchObject({ status: 200, text: first.text, replayed: 'true' });
    expect(await onHand(id)).toBe(15);
    expect(await api.json(`/api/v1/inventory/${id}/transactions/`)).toMatchObject({
      count: 2,
      results: [{ idempotency_key: key, quantity: 5 }, { idempotency_key: null }],
    });
  });

  it('does one of fifty equal adjustments that arrive at once; the others get its reply or 409', async () => {
    const id = await addProduct(10);
    const key = newKey();
    const delivery = { adjustment_type: 'add', quantity: 5 };
    const sent = await Promise.all(
      Array.from({ length: 50 }, () => send('POST', `/api/v1/inventory/${id}/adjust/`, delivery, keyed(key))),
    );
    expect(await onHand(id)).toBe(15);
    const done = sent.filter(({ status }) => status === 200);
    expect(new Set(done.map(({ text }) => text)).size).toBe(1);
    expect(done.filter(({ replayed }) => replayed === null)).toHaveLength(1);
    for (const { status, text } of sent)
      if (status !== 200) expect([status, JSON.parse(text)]).toMatchObject([409, { code: 'IDEMPOTENCY_KEY_IN_USE' }]);
  });

  it('answers 409 without waiting while the first request with the key still runs', async () => {
    const id = await addProduct(10);
    const key = newKey();
    const delivery = { adjustment_type: 'add', quantity: 5 };
    const blocker = api.app.get(DataSource).createQueryRunner();
    await blocker.startTransaction();
    await blocker.query('select from inventory.stock_levels where product_id = $1 for update', [id]);
    const first = send('POST', `/api/v1/inventory/${id}/adjust/`, delivery, keyed(key));
    try {
      let status = 0;
      // The first may not have its key yet: then this one waits for the stock, and the first is told to wait.
      const second = send('POST', `/api/v1/inventory/${id}/adjust/`, delivery, keyed(key));
      ({ status } = await Promise.race([first, second]));
      expect(status).toBe(409);
      await blocker.rollbackTransaction();
      expect(new Set([(await first).status, (await second).status])).toEqual(new Set([200, 409]));
    } finally {
      await blocker.release();
    }
    expect(await onHand(id)).toBe(15);
  });

  it('adjusts once when the connection is lost before the commit', async () => {
    const id = await addProduct(10);
    const key = newKey();
    const delivery = { adjustment_type: 'add', quantity: 5 };
    const database = api.app.get(DataSource);
    const blocker = database.createQueryRunner();
    await blocker.startTransaction();
    try {
      await blocker.query('select from inventory.stock_levels where product_id = $1 for update', [id]);
      const first = send('POST', `/api/v1/inventory/${id}/adjust/`, delivery, keyed(key));
      let killed: unknown[] = [];
      while (killed.length === 0)
        killed = await database.query<unknown[]>(
          `select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock' and query like '%stock_levels%for update%'`,
        );
      await blocker.rollbackTransaction();
      expect((await first).status).toBe(200);
    } finally {
      await blocker.release();
    }
    expect(await send('POST', `/api/v1/inventory/${id}/adjust/`, delivery, keyed(key))).toMatchObject({
      replayed: 'true',
    });
    expect(await onHand(id)).toBe(15);
  });

  it('keeps nothing of a request that was refused: its key may be used again', async () => {
    const id = await addProduct(3);
    const key = newKey();
    const removal = { adjustment_type: 'remove', quantity: 5 };
    expect(await send('POST', `/api/v1/inventory/${id}/adjust/`, removal, keyed(key))).toMatchObject({ status: 409 });
    await send('POST', `/api/v1/inventory/${id}/adjust/`, { adjustment_type: 'add', quantity: 5 });
    expect(await send('POST', `/api/v1/inventory/${id}/adjust/`, removal, keyed(key))).toMatchObject({ status: 200 });
    expect(await onHand(id)).toBe(3);
  });

  it('does not give one key to placing and to another write', async () => {
    const id = await addProduct();
    const order = { customer_name: 'A', customer_email: 'a@example.com', items: [{ product_id: id, quantity: 1 }] };
    const delivery = { adjustment_type: 'add', quantity: 5 };
    const [placing, adjusting] = [newKey(), newKey()];
    await send('POST', '/api/v1/orders/', order, keyed(placing));
    await send('POST', `/api/v1/inventory/${id}/adjust/`, delivery, keyed(adjusting));
    for (const refused of [
      await send('POST', `/api/v1/inventory/${id}/adjust/`, delivery, keyed(placing)),
      await send('POST', '/api/v1/orders/', order, keyed(adjusting)),
      await send('POST', '/api/v1/orders/bulk_create/', { orders: [order] }, keyed(adjusting)),
      await send('POST', '/api/orders/', { user_id: 'u', item_ids: [id], total_amount: 9.9 }, keyed(adjusting)),
    ])
      expect(refused).toMatchObject({ status: 422 });
  });

  it('adjusts only what the caller saw, and names both figures otherwise', async () => {
    const id = await addProduct(10);
    const count = (quantity: number, expected_quantity?: number) =>
      send('POST', `/api/v1/inventory/${id}/adjust/`, { adjustment_type: 'set', quantity, expected_quantity });
    const refused = await count(12, 9);
    expect(refused.status).toBe(409);
    expect(JSON.parse(refused.text)).toMatchObject({
      code: 'INVENTORY_UNEXPECTED_QUANTITY',
      detail: 'Expected 9 units on hand, but there are 10. Look again before you adjust.',
      errors: [{ field: 'expected_quantity' }],
    });
    expect((await count(12, 10)).status).toBe(200);
    expect((await count(13)).status).toBe(200);
    expect(await api.json(`/api/v1/inventory/${id}/transactions/`)).toMatchObject({
      results: [{ notes: 'set without expected_quantity' }, { notes: null }, {}],
    });
  });

  it.each<[string, () => Promise<[string, string, unknown]>, Record<string, string>, number]>([
    [
      'If-Match on adjust',
      async () => ['POST', `/api/v1/inventory/${await addProduct()}/adjust/`, { adjustment_type: 'add', quantity: 1 }],
      { 'if-match': '"7"' },
      400,
    ],
    ['If-Match on placing', async () => ['POST', '/api/v1/orders/', {}], { 'if-match': '"7"' }, 400],
    [
      'a false If-Match on cancel',
      async () => ['POST', `/api/v1/orders/${await placeOrder()}/cancel/`, undefined],
      { 'if-match': '"7"' },
      412,
    ],
    [
      'If-None-Match: * on PATCH',
      async () => ['PATCH', `/api/v1/orders/${await placeOrder()}/`, { notes: 'x' }],
      { 'if-none-match': '*' },
      400,
    ],
    [
      'If-Unmodified-Since on PATCH',
      async () => ['PATCH', `/api/v1/orders/${await placeOrder()}/`, { notes: 'x' }],
      { 'if-unmodified-since': 'Tue, 01 Jan 2019 00:00:00 GMT' },
      400,
    ],
    [
      'If-Unmodified-Since on DELETE',
      async () => ['DELETE', `/api/v1/products/${await addProduct()}/`, undefined],
      { 'if-unmodified-since': 'Tue, 01 Jan 2019 00:00:00 GMT' },
      400,
    ],
  ])('refuses %s and does nothing', async (_, prepare, headers, status) => {
    const [method, path, body] = await prepare();
    const resource = path.replace(/(adjust|cancel)\/$/, '');
    const before = await send('GET', resource);
    expect(await send(method, path, body, headers)).toMatchObject({ status });
    if (!path.endsWith('/orders/'))
      expect((JSON.parse((await send('GET', resource)).text) as { version: number }).version).toBe(
        (JSON.parse(before.text) as { version: number }).version,
      );
  });

  it('cancels the version that If-Match names', async () => {
    const id = await placeOrder();
    const cancelled = await send('POST', `/api/v1/orders/${id}/cancel/`, undefined, { 'if-match': '"1"' });
    expect(cancelled).toMatchObject({ status: 200, etag: '"2"' });
  });
});
