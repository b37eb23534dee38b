import { type Order, type OrderQuery, OrdersRepository, RewriteSearchWords } from '@app/orders';
import type { TestingModule } from '@nestjs/testing';
import fc from 'fast-check';
import { contexts } from '../../../../test/support/contexts';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';

const ORDERS = 400;
const COUNT_MAX = 150;
const PAGE = 7;

/**
 * So few letters that words begin alike, and ids begin with them: small and great ones, with an accent that is part of the letter or
 * follows it, of one byte to four; and what stands between the parts of a word.
 */
const letter = fc.constantFrom('a', 'b', 'B', 'é', 'É', 'e\u0301', 'ß', 'ｂ', 'İ', 'ı', '茶', '𐐨');
const between = fc.constantFrom('-', '@', '.', '+', '(', ',', '…', '\u200b');
const word = fc
  .array(fc.oneof({ weight: 4, arbitrary: letter }, between), { minLength: 1, maxLength: 4 })
  .map((letters) => letters.join(''));
/** Of usual forms, which take a short way. */
const usual = fc.string({ unit: fc.constantFrom('a', 'b', 'B'), minLength: 1, maxLength: 3 });
const buyer = fc.record({
  name: fc.array(fc.oneof(word, usual), { minLength: 1, maxLength: 4 }).map((words) => words.join(' ')),
  email: fc.option(
    fc
      .tuple(
        fc.oneof(
          word,
          usual,
          fc.tuple(usual, usual).map(([first, last]) => `${first}.${last}`),
        ),
        fc.constantFrom('', 'b.'),
      )
      .map(([each, host]) => `${each}@${host}example.com`),
  ),
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

  /** The words of a text, said in another way than the product does. */
  const tokens = (value: string) =>
    value
      .normalize('NFKD')
      .replaceAll(/[\p{M}\u200b]/gu, '')
      .toLowerCase()
      .replaceAll('ß', 'ss')
      .replaceAll('ı', 'i')
      .replaceAll(/[^\p{ASCII}\p{L}\p{N}\s]/gu, '.')
      .split(/\s+/)
      .map((token) => token.replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
      .filter((token) => token !== '');

  /** What each word is from a part on: a letter or digit after something else, or a letter that is a word. */
  const partsOf = (value: string) =>
    tokens(value).flatMap((token) =>
      [...token.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]|\p{Script=Han}/gu)].map(({ index }) => token.slice(index)),
    );

  const beginsOf = ({ id, customerName, customerEmail, externalReference }: Order) => {
    // All but the end of the domain of an address.
    const ofAddress = partsOf(customerEmail ?? '').filter((part) => /[@.]/.test(part) || !/@.*\./.test(customerEmail!));
    return [...partsOf(customerName), ...ofAddress, ...partsOf(externalReference ?? ''), id];
  };

  const isFound = (begins: string[], search: string) => {
    const words = tokens(search);
    return words.length > 0 && words.every((each) => begins.some((begin) => begin.startsWith(each)));
  };

  const findAll = async (query: Pick<OrderQuery, 'search' | 'descending'>): Promise<string[]> => {
    const found: Order[] = [];
    for (;;) {
      const page = await orders.find({ ...query, after: found.at(-1), limit: PAGE });
      found.push(...page);
      if (page.length < PAGE) return found.map(({ id }) => id);
    }
  };

  const expectAgreement = async () => {
    expect(all).toHaveLength(ORDERS);
    const begins = new Map(all.map((order) => [order.id, beginsOf(order)]));
    const several = fc.array(word, { minLength: 1, maxLength: 2 });
    for (const words of fc.sample(several, { numRuns: 40, seed: 8 })) {
      const search = words.join('\u00a0');
      const expected = all.map(({ id }) => id).filter((id) => isFound(begins.get(id)!, search));
      expect([search, await orders.count({ search }, COUNT_MAX)]).toEqual([
        search,
        Math.min(expected.length, COUNT_MAX),
      ]);
      expect([search, await findAll({ search, descending: true })]).toEqual([search, expected]);
      expect([search, await findAll({ search, descending: false })]).toEqual([search, expected.toReversed()]);
    }
  };

  it('counts them, and finds each once, page by page, newest or oldest first', expectAgreement, 120_000);

  describe('when half of the orders have the words of before', () => {
    const HALF = `id < '80000000-0000-0000-0000-000000000000'`;
    const entries = () => database.query(`select * from orders.order_search order by term, created_at, order_id`);
    let written: unknown[];

    beforeAll(async () => {
      written = await entries();
      await database.query(
        `delete from orders.order_search where order_id in (select id from orders.orders where ${HALF})`,
      );
      await database.query(
        `insert into orders.order_search (term, created_at, order_id, shared_length)
         select term, created_at, id,
                case when previous is null then 0 else orders.shared_length(previous, term) end
           from (select term, created_at, id, lag(term) over (partition by id order by term collate "C") as previous
                   from orders.orders, unnest(orders.former_search_terms(customer_name, customer_email, external_reference)) term
                  where ${HALF}) terms
          where term is distinct from previous`,
      );
      await database.query(`insert into orders.search_rewriting (began_at) values (now() - interval '1 hour')`);
    });

    it('finds an order by its address as before, and each once', async () => {
      for (const { id, customerEmail } of all.filter((order) => order.customerEmail).slice(0, 60)) {
        const found = await findAll({ search: customerEmail!, descending: true });
        expect([customerEmail, found]).toEqual([customerEmail, expect.arrayContaining([id])]);
        expect(new Set(found).size).toBe(found.length);
        const ofCustomer = await orders.find({ customerEmail: customerEmail!, descending: true, limit: ORDERS });
        expect(ofCustomer.map((order) => order.id)).toContain(id);
      }
    });

    it('writes them anew in slices, and agrees again', async () => {
      const work = app.get(RewriteSearchWords);
      expect(await work.execute(100)).toBe(ORDERS);
      expect(await database.query('select from orders.search_rewriting')).toEqual([]);
      expect(await entries()).toEqual(written);
      expect(await work.execute()).toBe(0);
      await expectAgreement();
    }, 120_000);
  });
});
