import { COMMON_ACTORS, SCANNED_MAX } from '@app/audit';
import { DataSource } from 'typeorm';
import { AUDIT_ENTITIES, listAuditSchema } from '../../apps/api/src/audit/list-audit.dto';
import { anAccount, type TestAccount } from '../support/accounts';
import { type TestApi, testApi } from '../support/api';
import { rowsRead } from '../support/rows-read';
import { recordStatements, type Statement } from '../support/statements';

/** Each has three versions. `AUDIT_ORDERS=1000000` tries it with more, and `AUDIT_COSTS=1` prints what each filter costs. */
const ORDERS = Number(process.env.AUDIT_ORDERS ?? 60_000);
const MOVEMENTS = 2 * ORDERS;
const EVENTS = ORDERS;
/** Versions of the one product that changes all the time. */
const VERSIONS = ORDERS / 2;
const PAGE = 20;
/** Rows that are counted at most; each is read once. */
const COUNTED = 10_001;
/** A row is read from its index, with what came before and after it, and again where it is told. */
const READS_PER_ROW = 6;
/** Kinds of changes that are looked for one after the other at most. */
const SOURCES = 6;
const BUSY = 'user:0199c5a2-7d1e-7c33-9b51-00000000beef';
const NOBODY = 'user:0199c5a2-7d1e-7c33-9b51-00000000dead';
const ORDER = '0199c5a2-7d1e-7c33-9b51-00000000cafe';
const ACCOUNT = '0199c5a2-7d1e-7c33-9b51-00000000beef';

/** Fills all of it at once. Triggers are left out: what they would write is filled, too. */
const FILL = `
  set session_replication_role = replica;
  create temporary table filled as
    select case when n = 1 then '${ORDER}'::uuid else gen_random_uuid() end as id, now() - n * interval '1 minute' as at,
           case n % 10 when 0 then '${BUSY}' when 1 then 'api_key:' || n when 2 then 'user:' || n else 'api' end as placed_by
      from generate_series(1, ${ORDERS}) n;
  insert into orders.orders (id, customer_name, status, total_minor, currency, line_count, changed_by, processing_started_at, completed_at,
                             version, created_at, updated_at)
  select id, 'Customer', 'delivered', 100, 'USD', 1, 'worker', at, at, 4, at, at + interval '3 seconds' from filled;
  insert into audit.order_versions (id, version, row, superseded_at)
  select id, version, jsonb_build_object('id', id, 'version', version, 'status', 'pending', 'updated_at', at + (version - 1) * interval '1 second',
                                         'changed_by', case version when 1 then placed_by else 'worker' end), at + version * interval '1 second'
    from filled, generate_series(1, 3) version;
  insert into products.products (sku, name, price_minor, version, changed_by) values ('BUSY', 'Busy', 100, ${VERSIONS + 1}, '${BUSY}');
  insert into audit.product_versions (id, version, row, superseded_at)
  select (select max(id) from products.products), version,
         jsonb_build_object('version', version, 'price_minor', version, 'updated_at', now() - version * interval '1 second', 'changed_by', '${BUSY}'),
         now() - version * interval '1 second' + interval '1 second'
    from generate_series(1, ${VERSIONS}) version;
  insert into inventory.stock_movements (product_id, order_id, kind, quantity, previous_on_hand, new_on_hand, previous_reserved, new_reserved,
                                         processed_by, created_at)
  select 1 + n / 1000 % 50, case when n % 1000 > 0 then gen_random_uuid() end, case when n % 1000 > 0 then 'reserve' else 'adjust' end, 1, 10, 10 - (n % 1000 = 0)::int, 1,
         1 + (n % 1000 > 0)::int, case when n % 2000 = 0 then '${BUSY}' else 'api' end, now() - n * interval '1 second'
    from generate_series(1, ${MOVEMENTS}) n;
  insert into identity.security_events (type, principal, user_id, at)
  select case when n % 100 = 0 then 'login.failed' else 'login.succeeded' end, case when n % 2 = 0 then '${BUSY}' else 'api' end,
         case when n % 2 = 0 then '${ACCOUNT}'::uuid end, now() - n * interval '1 second'
    from generate_series(1, ${EVENTS}) n;
  set session_replication_role = origin;`;

const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString();
const CHOICES: Record<string, Record<string, string>[]> = {
  entity: [{}, ...AUDIT_ENTITIES.map((entity) => ({ entity }))],
  id: [{}, { id: ORDER }, { id: ACCOUNT }, { id: '2' }, { id: 'busy' }],
  actor: [{}, { actor: COMMON_ACTORS[0] }, { actor: 'scheduler' }, { actor: BUSY }, { actor: NOBODY }],
  action: [{}, ...['created', 'deleted', 'damage', 'login.failed', 'refresh.reused'].map((action) => ({ action }))],
  dates: [{}, { date_from: day(9), date_to: day(8) }, { date_from: '2050-01-01' }, { date_to: '2000-01-01' }],
};

/** Every choice of filters that a request can make. */
function combinations(busyProduct: string): Record<string, string>[] {
  return Object.values(CHOICES)
    .reduce<Record<string, string>[]>(
      (before, choices) => before.flatMap((given) => choices.map((choice) => ({ ...given, ...choice }))),
      [{}],
    )
    .map((query) => ({ ...query, ...(query.id === 'busy' && { id: busyProduct }) }))
    .filter((query) => listAuditSchema.safeParse(query).success);
}

describe(`the audit of ${ORDERS} orders`, () => {
  let api: TestApi;
  let admin: TestAccount;
  let statements: Statement[];
  let busyProduct: string;

  beforeAll(async () => {
    api = await testApi({ AUTH_MODE: 'required' });
    admin = await anAccount(api.app, 'admin');
    await api.database.query(FILL);
    await api.database.query('analyze');
    await api.database.query('set enable_seqscan = off'); // as the services plan
    const [{ id }] = (await api.database.query<{ id: number }>('select max(id) as id from products.products')) as [
      { id: number },
    ];
    busyProduct = String(id);
    statements = recordStatements(api.app.get(DataSource));
  }, 600_000);
  afterAll(() => api?.close());

  /** The statements of a request. */
  const read = async (query: Record<string, string>, page = '') => {
    statements.splice(0);
    const response = await api.request(
      page || `/api/v1/audit/?${new URLSearchParams(query).toString()}&page_size=${PAGE}`,
      {
        headers: admin.bearer,
      },
    );
    const body = (await response.json()) as { next: string | null; results: unknown[] };
    expect([response.status, query]).toEqual([200, query]);
    const selects = statements.splice(0).filter(({ sql }) => /scanned/.test(sql));
    const isCount = ({ sql }: Statement) => /count\(\*\)/.test(sql);
    return { body, pages: selects.filter((one) => !isCount(one)), counts: selects.filter(isCount) };
  };

  it('reads a bounded number of rows for every combination of filters, however many there are', async () => {
    const all = combinations(busyProduct);
    expect(all.length).toBeGreaterThan(100);
    const tooMany: string[] = [];
    for (const query of all) {
      const { pages, counts } = await read(query);
      const [forPage, forCount] = [await rowsRead(api.database, pages), await rowsRead(api.database, counts)];
      if (process.env.AUDIT_COSTS) process.stdout.write(`${JSON.stringify(query)}: ${forPage} + ${forCount} rows\n`);
      if (
        forPage > SOURCES * READS_PER_ROW * SCANNED_MAX ||
        forCount > READS_PER_ROW * (COUNTED + SOURCES * SCANNED_MAX)
      )
        tooMany.push(`${JSON.stringify(query)} reads ${forPage} rows for the page, ${forCount} to count`);
      // Each of them takes long then, and a few say enough.
      if (tooMany.length === 3) break;
    }
    expect(tooMany).toEqual([]);
  }, 600_000);

  it.each<[string, Record<string, string>]>([
    ['everything', {}],
    ['one kind of thing on a day', { entity: 'order', date_from: day(9), date_to: day(8) }],
    ['one order', { entity: 'order', id: ORDER }],
    ['what a user did', { actor: BUSY }],
    ['what a user did to orders', { actor: BUSY, entity: 'order' }],
    ['whoever changed the stock of a product', { entity: 'stock', id: '2' }],
    ['one kind of security event', { action: 'login.failed' }],
    ['what the worker did', { actor: 'worker', entity: 'order' }],
  ])('reads for %s little more than it shows', async (_, query) => {
    const { pages, body } = await read(query);
    expect(body.results.length).toBeGreaterThan(0);
    const isScan = query.actor === 'worker';
    expect(await rowsRead(api.database, pages)).toBeLessThan(
      isScan ? 2 * READS_PER_ROW * SCANNED_MAX : SOURCES * READS_PER_ROW * (PAGE + 1),
    );
  });

  it('finds what is rare by looking on from page to page, and each page looks at a part', async () => {
    await api.database.query(`delete from orders.orders where id = '${ORDER}'`);
    await api.database.query(`delete from audit.order_versions where id = '${ORDER}' and version = 5`);
    const found: unknown[] = [];
    let url = '';
    let pages = 0;
    do {
      const { body } = await read({ entity: 'order', action: 'deleted' }, url);
      found.push(...body.results);
      url = body.next?.slice(api.url.length) ?? '';
      pages++;
    } while (url);
    expect(found).toMatchObject([{ id: ORDER, action: 'deleted' }]);
    expect(pages).toBeGreaterThan((3 * ORDERS) / SCANNED_MAX - 1);
  }, 120_000);
});
