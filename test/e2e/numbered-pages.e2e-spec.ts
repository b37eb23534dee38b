import { anAccount } from '../support/accounts';
import { type TestApi, testApi } from '../support/api';
import { type SimulationStores, simulationStores } from '../support/simulation';
import { endpointsOf, readDocument } from '../contract/contract';
import { openShop } from '../contract/shop';

interface Page {
  count: number;
  next: string | null;
  previous: string | null;
  results: unknown[];
}

/** Lists that other lists are not like: each filter is a query of its own. */
const FILTERED = [
  '/api/v1/orders/?status=pending&status=processing',
  '/api/v1/orders/?priority=normal&ordering=created_at',
  '/api/v1/orders/?search=john',
  '/api/v1/orders/?search=j',
  '/api/v1/orders/?search=john+doe&status=pending',
  '/api/v1/orders/?customer_email=john%40example.com',
  '/api/v1/products/?ordering=name&is_active=true',
];

describe('pages by number', () => {
  let stores: SimulationStores;
  let api: TestApi;
  let urls: string[];
  /** Of an administrator, since some lists are not for everybody. */
  let headers: Record<string, string>;

  beforeAll(async () => {
    stores = await simulationStores();
    await stores.fill(5);
    api = await testApi(stores.environment);
    for (let count = 0; count < 3; count++) ({ bearer: headers } = await anAccount(api.app, 'admin'));
    await openShop(api, 4);
    const { results: orders } = await api.json<{ results: { order_id: string }[] }>('/api/v1/orders/');
    const orderId = orders[0]!.order_id;
    for (const notes of ['one', 'two', 'three', 'four']) {
      await api.patch(`/api/v1/orders/${orderId}/`, { notes });
      await api.patch('/api/v1/products/1/', { description: notes });
    }
    const items = [{ product_id: 2, quantity: 1 }];
    const order = { customer_name: 'John Doe', customer_email: 'john@example.com', items };
    const bulk = await api.post('/api/v1/orders/bulk_create/', { orders: Array.from({ length: 5 }, () => order) });
    const { batch_id: batchId } = (await bulk.json()) as { batch_id: string };
    urls = endpointsOf(readDocument())
      .filter(({ operation }) => operation.parameters?.some(({ name }) => name === 'page'))
      .map(({ path }) => path.replace('{order_id}', orderId).replace('{batch_id}', batchId).replace('{id}', '1'));
  });
  afterAll(async () => {
    await api?.close();
    await stores?.drop();
  });

  const read = async (url: string): Promise<Page> => {
    const body = (await (await fetch(url, { headers })).json()) as Page & { results: Page };
    // The results of a batch are a list in the batch.
    return Array.isArray(body.results) ? body : body.results;
  };
  const walk = async (url: string) => {
    const rows: unknown[] = [];
    let page = await read(url);
    let pages = 1;
    rows.push(...page.results);
    while (page.next) {
      page = await read(page.next);
      pages++;
      rows.push(...page.results);
    }
    let back = 1;
    for (; page.previous; back++) page = await read(page.previous);
    return { rows, pages, back };
  };

  it('of every list have the rows of the pages by cursor, forth and back', async () => {
    expect(urls.length).toBeGreaterThan(8);
    for (const path of [...urls, ...FILTERED]) {
      const url = `${api.url}${path}${path.includes('?') ? '&' : '?'}page_size=2`;
      const byCursor = await walk(url);
      const byNumber = await walk(`${url}&page=1`);
      // How long an order is in its state is another figure at another moment.
      const idsOf = ({ rows }: { rows: unknown[] }) => JSON.stringify(rows, ['id', 'order_id', 'version', 'index']);
      expect([path, idsOf(byNumber)]).toEqual([path, idsOf(byCursor)]);
      expect([path, byNumber.back]).toEqual([path, byNumber.pages]);
      if (!path.includes('low_stock')) expect([path, byNumber.pages > 1]).toEqual([path, true]);
    }
  });

  it('beyond the first 10,000 rows are refused in every list', async () => {
    for (const path of urls) {
      const answer = await api.request(`${path}?page_size=100&page=101`, { headers });
      expect([path, answer.status, await answer.json()]).toMatchObject([
        path,
        400,
        { errors: [{ field: 'page', code: 'too_big' }] },
      ]);
    }
  });

  it('of the simple form have ten orders', async () => {
    const { results, next, count } = await api.json<Page>('/api/orders/');
    expect([results.length, count]).toEqual([10, 13]);
    expect((await read(next!)).results).toHaveLength(3);
    expect((await api.json<Page>('/api/orders/?page=2')).results).toHaveLength(3);
  });
});
