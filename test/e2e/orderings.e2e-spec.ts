import { type TestApi, testApi } from '../support/api';
import { type SimulationStores, simulationStores } from '../support/simulation';
import { endpointsOf, readDocument } from '../contract/contract';
import { openShop } from '../contract/shop';

interface Page {
  next: string | null;
  previous: string | null;
  results: Record<string, string | number>[];
}

/** The field of an answer that an order sorts by, where it has another name. */
const FIELDS: Record<string, string> = { '/api/v1/inventory/ name': 'product_name' };
const MONEY = new Set(['price', 'total_amount']);

describe('the orderings of the document', () => {
  let stores: SimulationStores;
  let api: TestApi;

  beforeAll(async () => {
    stores = await simulationStores();
    await stores.fill(9);
    api = await testApi(stores.environment);
    await openShop(api, 3);
    const product = { name: 'Zebra', sku: 'ZEBRA-1', price: '0.5', initial_stock: 77 };
    await api.post('/api/v1/products/', product);
    for (const [index, quantity] of [5, 2, 9].entries())
      await api.post('/api/v1/orders/', {
        customer_name: 'John Doe',
        customer_email: 'john@example.com',
        items: [{ product_id: 4 + index, quantity }],
      });
    const { results } = await api.json<Page>('/api/v1/orders/?page_size=2');
    for (const { order_id: id } of results) await api.post(`/api/v1/orders/${id}/cancel/`, {});
    await api.patch('/api/v1/products/7/', { description: 'changed' });
  });
  afterAll(async () => {
    await api?.close();
    await stores?.drop();
  });

  const cases = endpointsOf(readDocument()).flatMap(({ path, operation }) => {
    const ordering = operation.parameters?.find(({ name }) => name === 'ordering');
    return (ordering?.schema?.enum ?? []).map((value) => [path, String(value)] as const);
  });

  it('are those of six lists', () => {
    expect(new Set(cases.map(([path]) => path))).toEqual(
      new Set([
        '/api/v1/orders/',
        '/api/v1/products/',
        '/api/v1/inventory/',
        '/api/v1/simulation/users/',
        '/api/v1/simulation/products/',
        '/api/v1/simulation/orders/',
      ]),
    );
  });

  it.each(cases)('%s is sorted by %s, page by page and back', async (path, ordering) => {
    const read = async (url: string) => (await (await fetch(url)).json()) as Page;
    const first = await read(`${api.url}${path}?ordering=${ordering}&page_size=4`);
    let page = first;
    const rows = [...page.results];
    while (page.next) {
      page = await read(page.next);
      rows.push(...page.results);
    }
    const idOf = (row: Page['results'][number]) => row.order_id ?? row.id;
    const { count } = await api.json<{ count: number }>(path);
    expect(new Set(rows.map(idOf)).size).toBe(count);
    expect(rows).toHaveLength(count);

    const sort = ordering.replace('-', '');
    const field = FIELDS[`${path} ${sort}`] ?? sort;
    if (field in rows[0]!) {
      const values = rows.map((row) => (MONEY.has(field) ? Number(row[field]) : row[field]!));
      const sorted = [...values].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0));
      expect(values).toEqual(ordering.startsWith('-') ? sorted.reverse() : sorted);
    } else expect(field).toBe('updated_at'); // list items of orders do not show it

    while (page.previous) page = await read(page.previous);
    expect(page.results.map(idOf)).toEqual(first.results.map(idOf));
  });

  it('work together with filters', async () => {
    const filters = [
      'search=john',
      'customer_email=john@example.com',
      'status=cancelled',
      'priority=normal',
      'date_from=2020-01-01',
    ];
    for (const filter of filters)
      for (const ordering of ['status', '-status', '-total_amount', 'updated_at']) {
        const url = `/api/v1/orders/?${filter}&page_size=100`;
        const sorted = await api.json<Page>(`${url}&ordering=${ordering}`);
        const usual = await api.json<Page>(url);
        const idsOf = ({ results }: Page) => new Set(results.map(({ order_id: id }) => id));
        expect([filter, ordering, idsOf(sorted)]).toEqual([filter, ordering, idsOf(usual)]);
      }
  });
});
