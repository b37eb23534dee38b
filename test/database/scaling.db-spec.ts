import { OutboxRepository } from '@app/messaging';
import { StockLevelsRepository, StockMovementsRepository } from '@app/inventory';
import {
  OrderPlaced,
  type OrderQuery,
  OrdersRepository,
  type PlacementRequest,
  PlaceOrders,
  SweepStaleOrders,
} from '@app/orders';
import { SORTED_ROWS_MAX, TooManyToSortError } from '@app/platform';
import { ProductsRepository } from '@app/products';
import type { TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { contexts } from '../support/contexts';
import { type TestDatabase, testDatabase } from '../support/database';
import { aPlacement, lines } from '../support/factories';
import { recordStatements, type Statement } from '../support/statements';
import { nothingQueued } from '../support/stale';
import { TESTER } from '../support/principals';

const ORDERS = 40_000;
const PRODUCTS = 20_000;

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Plan Rows': number;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
}

/** The most rows that any node of the plan gave or threw away, over all its loops. */
function mostRowsRead(plan: Plan): number {
  const own = ((plan['Actual Rows'] ?? 0) + (plan['Rows Removed by Filter'] ?? 0)) * (plan['Actual Loops'] ?? 1);
  return Math.max(own, ...(plan.Plans ?? []).map(mostRowsRead));
}

/** Tables that grow with the business: no request may read one from end to end. */
const GROWING = new Set([
  'orders',
  'order_lines',
  'order_search',
  'order_versions',
  'products',
  'stock_levels',
  'stock_movements',
  'reservations',
  'idempotency_keys',
  'outbox',
]);

describe('no read does work proportional to a table', () => {
  let database: TestDatabase;
  let app: TestingModule;
  let statements: Statement[];

  beforeAll(async () => {
    database = await testDatabase();
    app = await contexts(database.config);
    await database.query(
      `insert into products.products (sku, name, description, price_minor)
         select 'SKU-' || n, 'Product ' || md5(n::text), 'About ' || md5((n * 7)::text), 100 + n from generate_series(1, ${PRODUCTS}) n`,
    );
    await database.query(
      `insert into inventory.stock_levels (product_id, product_name, product_sku, on_hand, maximum_capacity)
         select id, name, sku, case when id % 500 = 0 then 0 when id % 200 = 0 then 5 else 1000 end, 100000 from products.products`,
    );
    await database.query(
      `insert into inventory.stock_movements (product_id, kind, quantity, previous_on_hand, new_on_hand, previous_reserved, new_reserved, processed_by)
         select 1 + n % 100, 'adjust', 0, 5, 5, 0, 0, 'test' from generate_series(1, ${ORDERS}) n`,
    );
    await database.query(
      `insert into orders.orders (id, customer_name, customer_email, status, priority, total_minor, currency, line_count, changed_by,
                                  processing_started_at, completed_at, created_at, status_since)
         select gen_random_uuid(), 'Customer ' || n, 'customer' || n || '@example.com',
                case when n % 400 = 0 then 'pending' when n % 300 = 0 then 'shipped' else 'delivered' end,
                case when n % 100 = 0 then 1 else 2 end, 1000, 'USD', 1, 'test',
                case when n % 400 <> 0 then now() end, case when n % 400 <> 0 and n % 300 <> 0 then now() end,
                now() - n * interval '1 minute', now() - n * interval '1 minute'
           from generate_series(1, ${ORDERS}) n`,
    );
    await database.query(
      `insert into orders.order_lines select id, 1, 1, 'SKU-1', 'Product', 1, 1000 from orders.orders`,
    );
    await database.query(
      `insert into messaging.outbox (id, type, aggregate_id, aggregate_version, correlation_id, payload, published_at)
         select gen_random_uuid(), 'test.v1', gen_random_uuid(), 1, 'x', '{}', now() from generate_series(1, ${ORDERS}) n`,
    );
    await database.query(
      `insert into orders.idempotency_keys (key, fingerprint, order_id, reply) select 'key ' || id, 'x', id, '{}' from orders.orders`,
    );
    await database.query(`update orders.orders set notes = 'seen'`); // a superseded version of each
    await database.query('vacuum analyze');
    statements = recordStatements(app.get(DataSource));
  }, 120_000);
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });
  beforeEach(() => {
    statements.length = 0;
  });

  /**
   * What the recorded statements would read from end to end, or sort. A prepared statement is planned once for whatever parameters
   * come, which is another plan: `generic`.
   */
  async function offences({ generic = false } = {}): Promise<string[]> {
    const found: string[] = [];
    for (const { sql, parameters } of statements.filter((statement) =>
      /^\s*(select|update|with)/i.test(statement.sql),
    )) {
      const [row] = await database.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
        `explain (${generic ? 'generic_plan, ' : ''}format json) ${sql}`,
        generic ? [] : parameters,
      );
      const visit = (plan: Plan): void => {
        if (plan['Node Type'] === 'Seq Scan' && GROWING.has(plan['Relation Name'] ?? ''))
          found.push(`Seq Scan on ${plan['Relation Name']}: ${sql}`);
        if (plan['Node Type'] === 'Sort' && plan['Plan Rows'] > ORDERS / 20)
          found.push(`Sort of ${plan['Plan Rows']} rows: ${sql}`);
        plan.Plans?.forEach(visit);
      };
      visit(row!['QUERY PLAN'][0].Plan);
    }
    return found;
  }

  /** The most rows that a node of a recorded statement reads, planned as the api plans. */
  async function rowsRead(): Promise<number> {
    await database.query('set enable_seqscan = off');
    const most: number[] = [];
    for (const { sql, parameters } of statements) {
      const [row] = await database.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
        `explain (analyze, format json) ${sql}`,
        parameters,
      );
      most.push(mostRowsRead(row!['QUERY PLAN'][0].Plan));
    }
    await database.query('reset enable_seqscan');
    return Math.max(...most);
  }

  const after = { createdAt: new Date(Date.now() - 10 * 86_400_000), id: '80000000-0000-4000-8000-000000000000' };
  const filters: [string, Partial<OrderQuery>][] = [
    ['nothing', {}],
    ['a common status', { statuses: ['delivered'] }],
    ['a rare status', { statuses: ['pending'] }],
    ['a status that no order has', { statuses: ['failed'] }],
    ['several statuses', { statuses: ['pending', 'shipped'] }],
    ['a priority', { priority: 1 }],
    ['a priority that no order has', { priority: 3 }],
    ['a customer', { customerEmail: 'Customer77@example.com' }],
    ['a time span', { from: new Date(Date.now() - 20 * 86_400_000), to: new Date(Date.now() - 19 * 86_400_000) }],
    ['stale', { staleOnly: true }],
    ['the next page', { after }],
    ['the next page of a status', { statuses: ['delivered'], after }],
  ];

  it.each(
    filters.flatMap(([name, filter]) =>
      [true, false].map((descending): [string, boolean, Partial<OrderQuery>] => [name, descending, filter]),
    ),
  )(
    'orders by %s (newest first: %s) cost two statements on indexes, and those for the words of a customer',
    async (_, descending, filter) => {
      const orders = app.get(OrdersRepository);
      await orders.find({ ...filter, descending, limit: 21 });
      await orders.count(filter, 10_001);
      const forWords = filter.customerEmail === undefined ? 0 : 1;
      expect(statements).toHaveLength(2 + 2 * forWords);
      // Counting stops at its cap, and the cap is a good part of this small table: only the page is looked at for a scan.
      statements.splice(0, statements.length, statements[forWords]!);
      expect(await offences()).toEqual([]);
    },
  );

  it.each(['nonesuch', 'customer7777@', 'customer777', 'customer 7777'])(
    'searching orders for %s reads what it finds',
    async (search) => {
      const orders = app.get(OrdersRepository);
      const found = await orders.find({ search, descending: true, limit: 21 });
      // Ids are random here, and a number may begin one of them as well.
      expect(found.length > 0).toBe(search !== 'nonesuch');
      expect(await orders.count({ search }, 10_001)).toBe(found.length);
      // As the api plans: a common word is a good part of this small table.
      expect(await rowsRead()).toBeLessThan(ORDERS / 20);
    },
  );

  describe('in an order that no index has', () => {
    const page = { descending: true, limit: 21 };
    const [thirtyDaysAgo, oneDayAgo] = [30, 1].map((days) => new Date(Date.now() - days * 86_400_000));

    it.each<[string, Partial<OrderQuery>]>([
      ['no filter', {}],
      ['a status', { statuses: ['delivered'] }],
      ['a time span', { from: thirtyDaysAgo }],
      ['a row in the middle', { after: { value: 'pending', ...after } }],
      ['page 100', { offset: 2000 }],
    ])('a page of orders by status reads a page of each status, with %s', async (_, query) => {
      const rows = await app.get(OrdersRepository).find({ ...page, ...query, sort: 'status' });
      expect(rows).toHaveLength(21);
      expect(await rowsRead()).toBeLessThan((query.offset ?? 0) * 3 + ORDERS / 20);
    });

    it.each(['total_amount', 'updated_at'] as const)(
      'orders by %s are sorted when few match, and refused when many do',
      async (sort) => {
        const orders = app.get(OrdersRepository);
        expect(await orders.find({ ...page, sort, from: oneDayAgo })).toHaveLength(21);
        expect(await rowsRead()).toBeLessThan(ORDERS / 20);
        statements.length = 0;
        await expect(orders.find({ ...page, sort })).rejects.toThrow(TooManyToSortError);
        expect(await rowsRead()).toBeLessThanOrEqual(SORTED_ROWS_MAX + 1);
      },
    );

    it('orders by status with a filter of another index are sorted when few match', async () => {
      const found = await app.get(OrdersRepository).find({ ...page, sort: 'status', search: 'customer777' });
      expect(found.length).toBeGreaterThan(9);
      expect(await rowsRead()).toBeLessThan(ORDERS / 20);
    });

    it('stock by name reads a page of its index', async () => {
      const levels = app.get(StockLevelsRepository);
      const rows = await levels.find({ ...page, sort: 'name' });
      const last = rows.at(-1)!;
      await levels.find({ ...page, sort: 'name', after: { value: last.productName, id: last.productId } });
      expect(await rowsRead()).toBeLessThanOrEqual(2 * page.limit);
    });

    it.each(['quantity', 'updated_at', 'name'] as const)(
      'stock by %s is sorted when few match, and refused when many do',
      async (sort) => {
        const levels = app.get(StockLevelsRepository);
        expect(await levels.find({ ...page, sort, lowStock: true })).toHaveLength(21);
        if (sort === 'name') return;
        statements.length = 0;
        await expect(levels.find({ ...page, sort })).rejects.toThrow(TooManyToSortError);
        expect(await rowsRead()).toBeLessThanOrEqual(SORTED_ROWS_MAX + 1);
      },
    );
  });

  it('an order with its lines and history costs three statements on indexes', async () => {
    const [{ id }] = (await database.query(`select id from orders.orders limit 1`)) as [{ id: string }];
    await app.get(OrdersRepository).getDetail(id);
    expect(statements).toHaveLength(3);
    expect(await offences()).toEqual([]);
  });

  it('the lines of a page and the history of an order or a product are found by index', async () => {
    const orders = app.get(OrdersRepository);
    const page = await orders.find({ descending: true, limit: 20 });
    expect([...(await orders.findLines(page.map(({ id }) => id))).values()].flat()).toHaveLength(20);
    await orders.getHistory(page[0]!.id, { descending: true, limit: 21 });
    await orders.getHistory(page[0]!.id, { descending: false, after: 1, limit: 21 });
    await orders.countHistory(page[0]!.id, 10_001);
    await app.get(ProductsRepository).getHistory(7, { descending: true, limit: 21 });
    await app.get(ProductsRepository).countHistory(7, 10_001);
    expect(await offences()).toEqual([]);
  });

  it.each(['name', 'price', 'created_at', 'updated_at'] as const)(
    'products by %s, and the next page, use an index',
    async (sort) => {
      const products = app.get(ProductsRepository);
      await products.find({ sort, descending: true, limit: 21 });
      const value = sort === 'name' ? 'Product 7' : sort === 'price' ? '500' : new Date().toISOString();
      await products.find({ sort, descending: false, after: { value, id: 500 }, limit: 21 });
      expect(await offences()).toEqual([]);
    },
  );

  it('searching products and stock uses an index, for what is there and for what is not', async () => {
    const products = app.get(ProductsRepository);
    for (const search of ['SKU-19999', 'nonesuch', 'tv', '茶', 'чай']) {
      await products.find({ search, sort: 'name', descending: false, limit: 21 });
      await products.count({ search }, 10_001);
      await app.get(StockLevelsRepository).find({ search, descending: false, limit: 21 });
      await app.get(StockLevelsRepository).count({ search }, 10_001);
    }
    expect(await offences()).toEqual([]);
  });

  it('low and empty stock are found by index', async () => {
    const levels = app.get(StockLevelsRepository);
    expect(await levels.count({ lowStock: true }, 10_001)).toBe(PRODUCTS / 200 + PRODUCTS / 500 - PRODUCTS / 1000);
    expect(await levels.count({ outOfStock: true }, 10_001)).toBe(PRODUCTS / 500);
    await levels.find({ lowStock: true, descending: false, limit: 21 });
    await levels.find({ outOfStock: true, descending: false, limit: 21 });
    expect(await offences()).toEqual([]);
  });

  it('the movements of a product are found by index', async () => {
    await app.get(StockMovementsRepository).findByProduct(7, { descending: true, limit: 21 });
    await app.get(StockMovementsRepository).findByProduct(7, { descending: false, after: 500, limit: 21 });
    expect(await offences()).toEqual([]);
  });

  it('placing looks for what came earlier by index, with and without keys, ids and references', async () => {
    const aKey = { key: 'a key', fingerprint: 'a', render: () => '{}' };
    const place = (given: Partial<PlacementRequest>) =>
      app.get(PlaceOrders).execute([aPlacement({ lines: lines([7, 1]), ...given })]);
    const outcomes = [
      ...(await place({})),
      ...(await place({ idempotency: aKey })),
      ...(await place({ orderIdGiven: true })),
      ...(await place({ externalReference: 'a reference' })),
      ...(await app
        .get(PlaceOrders)
        .execute(
          Array.from({ length: 20 }, (_, index) =>
            aPlacement({ lines: lines([8, 1], [9 + index, 1]), idempotency: { ...aKey, key: `key ${index}` } }),
          ),
        )),
    ];
    expect(outcomes.map(({ result }) => result)).toEqual(Array(24).fill('placed'));
    // One without key, id or reference: two statements. Three with: six. Many ahead of their stock: six.
    expect(statements).toHaveLength(2 + 3 * 6 + 6);
    expect(statements.filter(({ sql }) => sql.includes('stock_wanted'))).toHaveLength(2);
    expect(await offences({ generic: true })).toEqual([]);
    expect(await offences()).toEqual([]);
  });

  it('the sweep and the outbox look at what moves, not at what is done', async () => {
    await app.get(OutboxRepository).claimUnpublished('test', 1000, 1000, [OrderPlaced.type]);
    await app.get(OutboxRepository).backlog();
    expect(await offences()).toEqual([]);
    statements.length = 0;
    await app.get(SweepStaleOrders).execute({ principal: TESTER, requestId: 'test' }, nothingQueued);
    expect(statements.length).toBeGreaterThanOrEqual(3);
    expect(await offences()).toEqual([]);
  });
});
