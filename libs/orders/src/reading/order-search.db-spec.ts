import { type Order, type OrderFilter, type OrderQuery, OrdersRepository } from '@app/orders';
import type { TestingModule } from '@nestjs/testing';
import { contexts } from '../../../../test/support/contexts';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';
import { ENTRIES_MAX, TERMS_MAX } from './order-search';

/** More than a word may have entries for its orders to be named. */
const COMMON = ENTRIES_MAX + 1000;
const COUNT_MAX = 10_000;

describe('a search', () => {
  let database: TestDatabase;
  let app: TestingModule;
  let orders: OrdersRepository;

  beforeAll(async () => {
    database = await testDatabase();
    app = await contexts(database.config);
    orders = app.get(OrdersRepository);
    // The newer of every thousand is an Ada, and every order is a Smith's.
    await database.query(
      `insert into orders.orders (id, customer_name, customer_email, external_reference, total_minor, currency, line_count, created_at, changed_by)
       select uuidv7(), case when n % 1000 = 0 then 'Ada' else 'Given' || n % 10 end || ' Smith', 'buyer' || n || '@example.com',
              case when n % 500 = 0 then 'WEB-' || n end, 1, 'USD', 1, timestamptz '2026-01-01' + n * interval '1 second', 'test'
         from generate_series(1, ${COMMON}) n
        union all
       select uuidv7(), 'Bob Bobson Bob', 'bob@example.com', null, 1, 'USD', 1, timestamptz '2025-01-01' + n * interval '1 second', 'test'
         from generate_series(1, 5) n`,
    );
    await database.query('analyze orders.orders, orders.order_search');
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const find = async (filter: OrderFilter, page: Partial<OrderQuery> = {}) =>
    (await orders.find({ descending: true, limit: 3, ...filter, ...page })).map(({ createdAt }) =>
      createdAt.toISOString().slice(0, 19),
    );
  const count = (filter: OrderFilter) => orders.count(filter, COUNT_MAX);
  const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString().slice(0, 19);

  it('of a rare word counts its orders and gives the newest, or the oldest, page by page', async () => {
    expect(await count({ search: 'ada' })).toBe(31);
    expect(await find({ search: 'ada' })).toEqual([at(31_000), at(30_000), at(29_000)]);
    expect(await find({ search: 'ADA' }, { descending: false })).toEqual([at(1000), at(2000), at(3000)]);
    const [, second] = await orders.find({ search: 'ada', descending: true, limit: 2 });
    expect(await find({ search: 'ada' }, { after: second })).toEqual([at(29_000), at(28_000), at(27_000)]);
    expect(await find({ search: 'ada' }, { after: second, descending: false })).toEqual([at(31_000)]);
  });

  it('counts an order once that it finds by several words', async () => {
    expect(await count({ search: 'bob' })).toBe(5);
    expect(await find({ search: 'bob' }, { limit: 10 })).toHaveLength(5);
  });

  it('counts orders to the maximum, also those that it finds several times over', async () => {
    for (const search of ['b', 'bob', 'bobs', 'bob@']) {
      expect([search, await orders.count({ search }, 5)]).toEqual([search, 5]);
      expect([search, await orders.count({ search }, 4)]).toEqual([search, 4]);
    }
    // Fewer than the maximum, with more entries than that.
    expect(await orders.count({ search: 'bob' }, 7)).toBe(5);
    expect(await orders.count({ search: 'bobs' }, 3)).toBe(3);
  });

  it('of a common word gives the newest, and counts to the maximum', async () => {
    expect(await count({ search: 'smi' })).toBe(COUNT_MAX);
    expect(await find({ search: 'smi' })).toEqual([at(COMMON), at(COMMON - 1), at(COMMON - 2)]);
    const [, , last] = await orders.find({ search: 'buyer', descending: true, limit: 3 });
    expect(await find({ search: 'buyer' }, { after: last })).toEqual([at(COMMON - 3), at(COMMON - 4), at(COMMON - 5)]);
  });

  it.each([TERMS_MAX, TERMS_MAX + 1])(
    'of a word that %i words begin with gives the newest of all of them',
    async (terms) => {
      const word = `zed${terms}-`;
      // The last word has the newest order, and the oldest one the first.
      await database.query(
        `insert into orders.orders (id, customer_name, total_minor, currency, line_count, created_at, changed_by)
       select uuidv7(), $1 || chr(96 + n), 1, 'USD', 1, timestamptz '2025-06-01' + n * interval '1 second', 'test'
         from generate_series(1, $2::int) n`,
        [word, terms],
      );
      const second = (n: number) => `2025-06-01T00:00:${String(n).padStart(2, '0')}`;
      expect(await find({ search: word })).toEqual([second(terms), second(terms - 1), second(terms - 2)]);
      expect(await find({ search: word }, { descending: false })).toEqual([second(1), second(2), second(3)]);
      expect(await count({ search: word })).toBe(terms);
      expect(await orders.count({ search: word }, 2)).toBe(2);
    },
  );

  it('of several words, common and rare, finds what all of them find', async () => {
    expect(await count({ search: 'smith ada' })).toBe(31);
    expect(await find({ search: 'smith ada' })).toEqual([at(31_000), at(30_000), at(29_000)]);
    expect(await find({ search: 'ada web-' })).toEqual([at(31_000), at(30_000), at(29_000)]);
    expect(await find({ search: 'smith buyer' })).toEqual([at(COMMON), at(COMMON - 1), at(COMMON - 2)]);
    expect(await find({ search: 'ada bob' })).toEqual([]);
    expect(await count({ search: 'smith nobody' })).toBe(0);
  });

  it('works within other filters', async () => {
    const from = new Date(Date.UTC(2026, 0, 1, 0, 0, 5000));
    const to = new Date(Date.UTC(2026, 0, 1, 0, 0, 9000));
    expect(await find({ search: 'ada', from, to })).toEqual([at(8000), at(7000), at(6000)]);
    expect(await count({ search: 'smith', from, to, statuses: ['pending'] })).toBe(4000);
    expect(await count({ search: 'ada', statuses: ['shipped'] })).toBe(0);
  });

  it('finds by the beginning of an id, of which many begin alike', async () => {
    const [{ id }] = (await orders.find({ search: 'ada', descending: true, limit: 1 })) as [Order];
    expect(await orders.find({ search: id.slice(0, -1), descending: true, limit: 3 })).toMatchObject([{ id }]);
    expect(await count({ search: id.toUpperCase() })).toBe(1);
    expect(await count({ search: id.slice(0, 3) })).toBe(COUNT_MAX);
    expect(await find({ search: id.slice(0, 3) })).toEqual([at(COMMON), at(COMMON - 1), at(COMMON - 2)]);
    expect(await count({ search: id.replaceAll('-', '') })).toBe(0);
    await database.query(
      `insert into orders.orders (id, customer_name, total_minor, currency, line_count, created_at, changed_by)
       values ('beefbeef-0000-4000-8000-000000000000', 'Beef Beefeater', 1, 'USD', 1, '2025-05-05', 'test')`,
    );
    expect(await count({ search: 'beef' })).toBe(1);
    expect(await find({ search: 'beef' })).toEqual(['2025-05-05T00:00:00']);
  });

  it('follows an order whose customer is amended', async () => {
    const [{ id }] = (await orders.find({ search: 'bob', descending: true, limit: 1 })) as [Order];
    await database.query(`update orders.orders set customer_name = 'Eve Bobson', customer_email = null where id = $1`, [
      id,
    ]);
    expect(await count({ search: 'eve' })).toBe(1);
    expect(await count({ search: 'bob' })).toBe(5);
    expect(await count({ search: 'bob@e' })).toBe(4);
  });
});
