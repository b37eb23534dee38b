import { type Order, type OrderQuery, OrdersRepository } from '@app/orders';
import type { TestingModule } from '@nestjs/testing';
import fc from 'fast-check';
import { contexts } from '../../../../test/support/contexts';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';

const ORDERS = 400;
const COUNT_MAX = 150;
const PAGE = 7;

/** So few letters that words begin alike, and ids begin with them; one has two bytes, one is two UTF-16 units. */
const word = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '𝒳'), minLength: 1, maxLength: 3 });
const buyer = fc.record({
  name: fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' ')),
  email: fc.option(word.map((each) => `${each}@example.com`)),
  reference: fc.option(fc.array(word, { minLength: 1, maxLength: 2 }).map((words) => words.join(' '))),
});

describe('a search, beside what looking at every order would find', () => {
  let database: TestDatabase;
  let app: TestingModule;
  let orders: OrdersRepository;
  let all: Order[];

  beforeAll(async () => {
    database = await testDatabase();
    app = await contexts(database.config);
    orders = app.get(OrdersRepository);
    const buyers = fc.sample(buyer, { numRuns: ORDERS, seed: 7 });
    // Two at a time, so that the id decides between them.
    await database.query(
      `insert into orders.orders (id, customer_name, customer_email, external_reference, total_minor, currency, line_count, created_at, changed_by)
       select gen_random_uuid(), name, email, reference || ' ' || n, 1, 'USD', 1, timestamptz '2026-01-01' + n / 2 * interval '1 second', 'test'
         from unnest($1::text[], $2::text[], $3::text[]) with ordinality buyer (name, email, reference, n)`,
      [buyers.map(({ name }) => name), buyers.map(({ email }) => email), buyers.map(({ reference }) => reference)],
    );
    all = await orders.find({ descending: true, limit: ORDERS });
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const isFound = ({ id, customerName, customerEmail, externalReference }: Order, words: string[]) => {
    const begins = [customerName, customerEmail ?? '', externalReference ?? '', id].join(' ').split(' ');
    return words.every((each) => begins.some((begin) => begin.startsWith(each)));
  };

  const findAll = async (query: Pick<OrderQuery, 'search' | 'descending'>): Promise<string[]> => {
    const found: Order[] = [];
    for (;;) {
      const page = await orders.find({ ...query, after: found.at(-1), limit: PAGE });
      found.push(...page);
      if (page.length < PAGE) return found.map(({ id }) => id);
    }
  };

  it('counts them, and finds each once, page by page, newest or oldest first', async () => {
    expect(all).toHaveLength(ORDERS);
    const several = fc.array(word, { minLength: 1, maxLength: 2 });
    for (const words of fc.sample(several, { numRuns: 60, seed: 8 })) {
      const search = words.join(' ');
      const expected = all.filter((order) => isFound(order, words)).map(({ id }) => id);
      expect([search, await orders.count({ search }, COUNT_MAX)]).toEqual([
        search,
        Math.min(expected.length, COUNT_MAX),
      ]);
      expect([search, await findAll({ search, descending: true })]).toEqual([search, expected]);
      expect([search, await findAll({ search, descending: false })]).toEqual([search, expected.toReversed()]);
    }
  });
});
