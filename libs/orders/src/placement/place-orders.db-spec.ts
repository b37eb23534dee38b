import { randomUUID } from 'node:crypto';
import { type Order, type PlacementOutcome, type PlacementRequest, PlaceOrders } from '@app/orders';
import { Principal, registry } from '@app/platform';
import type { TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { contexts } from '../../../../test/support/contexts';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';
import { aPlacement, lines, someProducts } from '../../../../test/support/factories';
import { requireInvariants } from '../../../../test/support/invariants';
import { until } from '../../../../test/support/processes';
import { recordStatements, type Statement } from '../../../../test/support/statements';

describe('placing orders', () => {
  let database: TestDatabase;
  let app: TestingModule;
  let placeOrders: PlaceOrders;

  beforeAll(async () => {
    database = await testDatabase();
    app = await contexts(database.config);
    placeOrders = app.get(PlaceOrders);
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const results = (outcomes: PlacementOutcome[]) =>
    outcomes.map((outcome) => (outcome.result === 'refused' ? outcome.error.code : outcome.result));

  const levelOf = async (productId: number) =>
    (
      await database.query<{ on_hand: number; reserved: number; moved: number; held: number }>(
        `select on_hand, reserved,
                (select coalesce(sum(new_reserved - previous_reserved), 0)::bigint from inventory.stock_movements m where m.product_id = l.product_id) as moved,
                (select coalesce(sum(quantity), 0)::bigint from inventory.reservations r where r.product_id = l.product_id and state = 'held') as held
           from inventory.stock_levels l where product_id = $1`,
        [productId],
      )
    )[0];

  it('reserves all lines of an order, with line, ledger, reservation and event in the same transaction', async () => {
    const [a, b] = await someProducts(app, [10, 5]);
    const [outcome] = await placeOrders.execute([aPlacement({ lines: lines([a!, 3], [b!, 5]) })]);
    if (outcome?.result !== 'placed') throw new Error('not placed');
    const { id } = outcome.placed.order;
    expect(await levelOf(a!)).toEqual({ on_hand: 10, reserved: 3, moved: 3, held: 3 });
    expect(await levelOf(b!)).toEqual({ on_hand: 5, reserved: 5, moved: 5, held: 5 });
    const [written] = await database.query(
      `select o.status, o.version, o.total_minor, o.line_count, o.request_id, o.changed_by,
              (select count(*) from orders.order_lines where order_id = o.id) as lines,
              (select array_agg(type) from messaging.outbox where aggregate_id = o.id) as events
         from orders.orders o where id = $1`,
      [id],
    );
    expect(written).toEqual({
      status: 'pending',
      version: 1,
      total_minor: outcome.placed.order.totalMinor,
      line_count: 2,
      request_id: 'test-request',
      changed_by: 'test',
      lines: 2,
      events: ['order.placed.v1'],
    });
  });

  it('reserves none of the lines when one is short, and names every short line', async () => {
    const [a, b] = await someProducts(app, [10, 2], { name: 'Lamp' });
    const [outcome] = await placeOrders.execute([aPlacement({ lines: lines([a!, 11], [b!, 3]) })]);
    if (outcome?.result !== 'refused') throw new Error('not refused');
    expect(outcome.error.fields).toEqual([
      {
        field: 'items[0].quantity',
        code: 'insufficient_stock',
        message: 'Insufficient stock for Lamp. Available: 10, Requested: 11',
      },
      {
        field: 'items[1].quantity',
        code: 'insufficient_stock',
        message: 'Insufficient stock for Lamp. Available: 2, Requested: 3',
      },
    ]);
    expect(await levelOf(a!)).toMatchObject({ reserved: 0, moved: 0, held: 0 });
  });

  it('decides a batch in arrival order: later orders see what earlier ones took, refused ones take nothing', async () => {
    const [scarce, plenty] = await someProducts(app, [3, 100]);
    const outcomes = await placeOrders.execute([
      aPlacement({ lines: lines([scarce!, 2]) }),
      aPlacement({ lines: lines([plenty!, 1], [scarce!, 2]) }),
      aPlacement({ lines: lines([999_999, 1]) }),
      aPlacement({ lines: lines([scarce!, 1]) }),
      aPlacement({ lines: lines([plenty!, 7]) }),
    ]);
    expect(results(outcomes)).toEqual([
      'placed',
      'INVENTORY_INSUFFICIENT_STOCK',
      'ORDER_UNKNOWN_PRODUCT',
      'placed',
      'placed',
    ]);
    expect(await levelOf(scarce!)).toMatchObject({ reserved: 3, held: 3 });
    expect(await levelOf(plenty!)).toMatchObject({ reserved: 7, held: 7 });
  });

  it('refuses a product that is not for sale', async () => {
    const [id] = await someProducts(app, [5], { isActive: false, name: 'Old lamp' });
    const [outcome] = await placeOrders.execute([aPlacement({ lines: lines([id!, 1]) })]);
    expect(outcome).toMatchObject({
      result: 'refused',
      error: { kind: 'invalid', fields: [{ field: 'items[0].product_id', message: 'Old lamp is not for sale.' }] },
    });
  });

  it('refuses an order that names a product twice, and leaves its neighbours in the batch alone', async () => {
    const [id] = await someProducts(app, [10]);
    const outcomes = await placeOrders.execute([
      aPlacement({ lines: lines([id!, 2]) }),
      aPlacement({ lines: lines([id!, 4], [id!, 4]) }),
      aPlacement({ lines: lines([id!, 3]) }),
    ]);
    expect(results(outcomes)).toEqual(['placed', 'ORDER_REPEATED_PRODUCT', 'placed']);
    expect(outcomes[1]).toMatchObject({
      error: { fields: [{ field: 'items[1].product_id', code: 'repeated_product' }] },
    });
    expect(await levelOf(id!)).toEqual({ on_hand: 10, reserved: 5, moved: 5, held: 5 });
  });

  describe('of a larger batch', () => {
    const many = (count: number, productId: number, given: Partial<PlacementRequest> = {}) =>
      Array.from({ length: count }, () => aPlacement({ lines: lines([productId, 1]), ...given }));
    const count = async (productId: number) =>
      (
        await database.query<Record<string, number>>(
          `select (select count(*) from orders.order_lines where product_id = $1) as lines,
                  (select count(*) from inventory.stock_movements where product_id = $1 and kind = 'reserve') as movements,
                  (select count(*) from messaging.outbox e join orders.order_lines l on l.order_id = e.aggregate_id
                    where l.product_id = $1) as events`,
          [productId],
        )
      )[0];
    const order = (statements: Statement[]) =>
      statements.flatMap(({ sql }) => {
        const does = [
          ...(sql.includes('insert into orders.orders') ? ['orders'] : []),
          ...(sql.includes('for update') ? ['lock'] : []),
          ...(sql.includes('insert into inventory.stock_movements') ? ['stock'] : []),
          ...(/^(START|ROLLBACK|COMMIT)/.test(sql) ? [sql.split(' ')[0]!.toLowerCase()] : []),
        ];
        return does.length > 0 ? [does.join('+')] : [];
      });
    const observedLocks = async () =>
      Number(
        /^stock_lock_seconds_count (\d+)$/m.exec(await registry.getSingleMetricAsString('stock_lock_seconds'))?.[1],
      );
    let fresh: TestingModule;
    let statements: Statement[];

    beforeEach(async () => {
      fresh = await contexts(database.config);
      statements = recordStatements(fresh.get(DataSource));
    });
    afterEach(() => fresh.close());

    it('writes the orders and reserves their stock with one statement, which commits', async () => {
      const [product] = (await someProducts(app, [1000])) as [number];
      const locksBefore = await observedLocks();
      const outcomes = await fresh.get(PlaceOrders).execute(many(20, product));
      expect(results(outcomes)).toEqual(Array(20).fill('placed'));
      expect(await observedLocks()).toBe(locksBefore + 1);
      expect(order(statements)).toEqual(['orders+lock+stock']);
      expect(await levelOf(product)).toEqual({ on_hand: 1000, reserved: 20, moved: 20, held: 20 });
      expect(await count(product)).toEqual({ lines: 20, movements: 20, events: 20 });
      const { order: placed } = (outcomes[0] as { placed: { order: Order } }).placed;
      const [row] = await database.query<{ created_at: Date }>('select created_at from orders.orders where id = $1', [
        placed.id,
      ]);
      expect([placed.createdAt, placed.updatedAt, placed.statusSince]).toEqual(Array(3).fill(row!.created_at));
    });

    it.each([
      ['in one statement', undefined, ['orders+lock+stock']],
      ['in a transaction', 'short', ['start', 'orders', 'lock+stock', 'rollback']],
    ])(
      'keeps nothing of what it wrote %s when the stock falls short, and decides on locked stock then and next',
      async (_, key, tried) => {
        const [scarce, plenty] = (await someProducts(app, [5, 1000])) as [number, number];
        const idempotency = key === undefined ? undefined : { key, fingerprint: key, render: () => 'the reply' };
        const requests = [...many(7, scarce), ...many(14, plenty), ...many(1, plenty, { idempotency })];
        const outcomes = await fresh.get(PlaceOrders).execute(requests);
        expect(results(outcomes)).toEqual([
          ...Array(5).fill('placed'),
          'INVENTORY_INSUFFICIENT_STOCK',
          'INVENTORY_INSUFFICIENT_STOCK',
          ...Array(15).fill('placed'),
        ]);
        expect(order(statements)).toEqual([...tried, 'start', 'lock', 'orders+stock', 'commit']);
        expect(await count(scarce)).toEqual({ lines: 5, movements: 5, events: 5 });
        expect(await levelOf(plenty)).toMatchObject({ reserved: 15, moved: 15, held: 15 });
        statements.length = 0;
        await fresh.get(PlaceOrders).execute(many(20, plenty));
        expect(order(statements)).toEqual(['start', 'lock', 'orders+stock', 'commit']);
      },
    );

    it('answers repetitions, and stores the keys of the rest', async () => {
      const [product] = (await someProducts(app, [1000])) as [number];
      const keyed = (key: string) =>
        aPlacement({
          lines: lines([product, 1]),
          idempotency: {
            key,
            fingerprint: key,
            render: ({ order: { id, createdAt } }) => `${id} ${createdAt.toISOString()}`,
          },
        });
      await fresh.get(PlaceOrders).execute([keyed('ahead-1')]);
      statements.length = 0;
      const requests = [keyed('ahead-1'), keyed('ahead-2'), ...many(17, product)];
      const outcomes = await fresh.get(PlaceOrders).execute(requests);
      expect(results(outcomes)).toEqual(['replayed', ...Array(18).fill('placed')]);
      expect(order(statements)).toEqual(['start', 'orders', 'lock+stock', 'commit']);
      const [stored] = await database.query<{ reply: string }>(
        `select reply from orders.idempotency_keys where key = 'ahead-2'`,
      );
      expect(outcomes[1]).toMatchObject(stored!);
      expect(stored!.reply).toMatch(new RegExp(`^${requests[1]!.orderId} \\d{4}-`));
      expect(await count(product)).toEqual({ lines: 19, movements: 19, events: 19 });
    });

    it('sells what there is once, to batches that want it at the same moment', async () => {
      const [scarce, plenty] = (await someProducts(app, [100, 1000])) as [number, number];
      const before = await deadlocks();
      const apps = await Promise.all([1, 2, 3, 4].map(() => contexts(database.config)));
      try {
        const outcomes = await Promise.all(
          Array.from({ length: 8 }, (_, batch) =>
            apps[batch % 4]!.get(PlaceOrders).execute(
              Array.from({ length: 20 }, (__, index) =>
                aPlacement({ lines: index % 2 ? lines([plenty, 2], [scarce, 1]) : lines([scarce, 1], [plenty, 2]) }),
              ),
            ),
          ),
        );
        const all = results(outcomes.flat());
        expect(all.filter((result) => result === 'placed')).toHaveLength(100);
        expect(all.filter((result) => result === 'INVENTORY_INSUFFICIENT_STOCK')).toHaveLength(60);
        expect(await levelOf(scarce)).toEqual({ on_hand: 100, reserved: 100, moved: 100, held: 100 });
        expect(await levelOf(plenty)).toEqual({ on_hand: 1000, reserved: 200, moved: 200, held: 200 });
        expect(await deadlocks()).toBe(before);
        await requireInvariants(app.get(DataSource));
      } finally {
        await Promise.all(apps.map((each) => each.close()));
      }
    });

    it('locks first when an order is refused whatever the stock', async () => {
      const [product] = (await someProducts(app, [1000])) as [number];
      const outcomes = await fresh.get(PlaceOrders).execute([...many(19, product), ...many(1, 999_999)]);
      expect(results(outcomes)).toEqual([...Array(19).fill('placed'), 'ORDER_UNKNOWN_PRODUCT']);
      expect(order(statements)).toEqual(['start', 'lock', 'orders+stock', 'commit']);
      expect(await count(product)).toEqual({ lines: 19, movements: 19, events: 19 });
    });

    it('locks first when somebody may wait for an id or a reference that it writes', async () => {
      const [product] = (await someProducts(app, [1000])) as [number];
      for (const given of [{ orderIdGiven: true }, { externalReference: 'WEB-4711' }]) {
        statements.length = 0;
        await fresh.get(PlaceOrders).execute([...many(19, product), ...many(1, product, given)]);
        expect(order(statements)).toEqual(['start', 'lock', 'orders+stock', 'commit']);
      }
    });
  });

  it('lets 50 parallel transactions on 4 data sources sell 10 units exactly 10 times', async () => {
    const [id] = await someProducts(app, [10]);
    const apps = await Promise.all([1, 2, 3, 4].map(() => contexts(database.config)));
    try {
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, (_, buyer) =>
          apps[buyer % 4]!.get(PlaceOrders).execute([
            aPlacement({ lines: lines([id!, 1]), orderIdGiven: buyer % 2 === 0 }),
          ]),
        ),
      );
      const all = results(outcomes.flat());
      expect(all.filter((result) => result === 'placed')).toHaveLength(10);
      expect(all.filter((result) => result === 'INVENTORY_INSUFFICIENT_STOCK')).toHaveLength(40);
      expect(await levelOf(id!)).toEqual({ on_hand: 10, reserved: 10, moved: 10, held: 10 });
    } finally {
      await Promise.all(apps.map((each) => each.close()));
    }
  });

  it('places orders that share products in opposite line order without a deadlock', async () => {
    const [a, b, c] = await someProducts(app, [10_000, 10_000, 10_000]);
    const before = await deadlocks();
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        placeOrders.execute([
          aPlacement({ lines: index % 2 ? lines([a!, 1], [b!, 1], [c!, 1]) : lines([c!, 1], [b!, 1], [a!, 1]) }),
        ]),
      ),
    );
    expect(new Set(results(outcomes.flat()))).toEqual(new Set(['placed']));
    expect(await deadlocks()).toBe(before);
  });

  const deadlocks = async () =>
    (
      await database.query<{ deadlocks: number }>(
        'select deadlocks from pg_stat_database where datname = current_database()',
      )
    )[0]!.deadlocks;

  describe('repetitions', () => {
    const keyed = (key: string, fingerprint: string, productId: number) =>
      aPlacement({
        lines: lines([productId, 1]),
        idempotency: { key, fingerprint, render: ({ order }) => `${order.id} ${order.createdAt.toISOString()}` },
      });

    it('answers a key with the stored reply, another body with KEY_REUSED, and writes one order', async () => {
      const [id] = await someProducts(app, [10]);
      const [first] = await placeOrders.execute([keyed('key-1', 'body', id!)]);
      const [second] = await placeOrders.execute([keyed('key-1', 'body', id!)]);
      const [third] = await placeOrders.execute([keyed('key-1', 'other body', id!)]);
      if (first?.result !== 'placed') throw new Error('not placed');
      expect(second).toEqual({ result: 'replayed', orderId: first.placed.order.id, reply: first.reply });
      expect(third).toMatchObject({ result: 'refused', error: { code: 'IDEMPOTENCY_KEY_REUSED', kind: 'key_reused' } });
      expect(await levelOf(id!)).toMatchObject({ reserved: 1 });
    });

    it('keeps the keys of two principals apart, in one batch and after it', async () => {
      const [id] = await someProducts(app, [10]);
      const ada = { ...keyed('key-5', 'body', id!), principal: Principal.user({ id: 'ada', name: 'Ada' }) };
      const bob = { ...keyed('key-5', 'other body', id!), principal: Principal.apiKey({ id: 'ada', name: 'Bob' }) };
      const nobody = { ...keyed('key-5', 'body', id!), principal: Principal.anonymous() };
      const outcomes = await placeOrders.execute([ada, bob, nobody, { ...ada, orderId: randomUUID() }]);
      expect(results(outcomes)).toEqual(['placed', 'placed', 'placed', 'IDEMPOTENCY_KEY_IN_USE']);
      const again = await placeOrders.execute([ada, bob, nobody].map((each) => ({ ...each, orderId: randomUUID() })));
      expect(again).toMatchObject([ada, bob, nobody].map(({ orderId }) => ({ result: 'replayed', orderId })));
      expect(await database.query(`select caller from orders.idempotency_keys where key = 'key-5' order by 1`)).toEqual(
        ['anonymous', 'api_key:ada', 'user:ada'].map((caller) => ({ caller })),
      );
      expect(await levelOf(id!)).toMatchObject({ reserved: 3 });
    });

    it('does not keep a principal waiting for the same key of another', async () => {
      const [id] = await someProducts(app, [10]);
      const request = { ...keyed('key-6', 'body', id!), principal: Principal.user({ id: 'ada', name: 'Ada' }) };
      const holder = (await database.open()).createQueryRunner();
      await holder.startTransaction();
      // As every version locks a key that came without a credential.
      await holder.query(`select pg_advisory_xact_lock(hashtextextended('key-6', 4711))`);
      const nobody = { ...request, orderId: randomUUID(), principal: Principal.anonymous() };
      expect(results(await placeOrders.execute([request, nobody]))).toEqual(['placed', 'IDEMPOTENCY_KEY_IN_USE']);
      await holder.rollbackTransaction();
      await holder.release();
    });

    it('writes one order for 20 simultaneous requests with one key', async () => {
      const [id] = await someProducts(app, [100]);
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, () => placeOrders.execute([keyed('key-2', 'body', id!)])),
      );
      const seen = results(outcomes.flat());
      expect(seen.filter((result) => result === 'placed')).toHaveLength(1);
      expect(seen.every((result) => ['placed', 'replayed', 'IDEMPOTENCY_KEY_IN_USE'].includes(result))).toBe(true);
      expect(await levelOf(id!)).toMatchObject({ reserved: 1 });
    });

    it('does not tell a repetition that there is no stock when the first request took it meanwhile', async () => {
      for (const given of [{ orderIdGiven: true }, { externalReference: 'shop-2' }]) {
        const [id] = await someProducts(app, [1]);
        const request = aPlacement({ lines: lines([id!, 1]), ...given });
        const holder = (await database.open()).createQueryRunner();
        await holder.startTransaction();
        await holder.query('select from inventory.stock_levels where product_id = $1 for update', [id]);
        // Both have looked for the other, and found nothing.
        const both = [0, 1].map(() => placeOrders.execute([{ ...request }]));
        await until(async () => (await waitingForLocks()) === both.length);
        await holder.commitTransaction();
        await holder.release();
        expect(results((await Promise.all(both)).flat()).sort()).toEqual(['ORDER_DUPLICATE', 'placed']);
        expect(await levelOf(id!)).toMatchObject({ reserved: 1 });
      }
    });
    it('does not tell a repetition that there is no stock when the reply of the first request was stored meanwhile', async () => {
      const [id] = await someProducts(app, [0]);
      const first = randomUUID();
      const holder = (await database.open()).createQueryRunner();
      await holder.startTransaction();
      await holder.query('select from inventory.stock_levels where product_id = $1 for update', [id]);
      const request = { ...keyed('key-4', 'body', id!), principal: Principal.anonymous() };
      const repetition = placeOrders.execute([request]);
      await until(async () => (await waitingForLocks()) === 1);
      await holder.query(
        `insert into orders.idempotency_keys (key, fingerprint, order_id, reply) values ('key-4', 'body', $1, 'the reply')`,
        [first],
      );
      await holder.commitTransaction();
      await holder.release();
      expect(await repetition).toEqual([{ result: 'replayed', orderId: first, reply: 'the reply' }]);
    });
    const waitingForLocks = async () =>
      (
        await database.query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )
      ).length;

    it('does not keep a key of a refused order: the request can succeed later', async () => {
      const [id] = await someProducts(app, [0]);
      expect(results(await placeOrders.execute([keyed('key-3', 'body', id!)]))).toEqual([
        'INVENTORY_INSUFFICIENT_STOCK',
      ]);
      expect(await database.query(`select 1 from orders.idempotency_keys where key = 'key-3'`)).toEqual([]);
    });

    it('refuses an order id or external reference that exists, also within one batch', async () => {
      const [id] = await someProducts(app, [100]);
      const given = aPlacement({ orderIdGiven: true, lines: lines([id!, 1]), externalReference: 'shop-1' });
      expect(results(await placeOrders.execute([given, { ...given }]))).toEqual(['placed', 'ORDER_DUPLICATE']);
      expect(results(await placeOrders.execute([given]))).toEqual(['ORDER_DUPLICATE']);
      const sameReference = aPlacement({ lines: lines([id!, 1]), externalReference: 'shop-1' });
      expect(await placeOrders.execute([sameReference])).toMatchObject([
        {
          result: 'refused',
          error: {
            fields: [{ field: 'external_reference', code: 'duplicate' }],
            members: { order_id: given.orderId },
          },
        },
      ]);
      expect(await levelOf(id!)).toMatchObject({ reserved: 1 });
    });

    it('writes one order for 10 simultaneous requests with one order id', async () => {
      const [id] = await someProducts(app, [100]);
      const given = aPlacement({ orderIdGiven: true, lines: lines([id!, 1]) });
      const outcomes = await Promise.all(Array.from({ length: 10 }, () => placeOrders.execute([{ ...given }])));
      expect(results(outcomes.flat()).sort()).toEqual([...Array<string>(9).fill('ORDER_DUPLICATE'), 'placed']);
      expect(await levelOf(id!)).toMatchObject({ reserved: 1 });
    });
  });
});
