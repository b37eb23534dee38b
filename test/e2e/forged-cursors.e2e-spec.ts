import { createHmac } from 'node:crypto';
import { anAccount } from '../support/accounts';
import { type TestApi, testApi } from '../support/api';
import { someProducts } from '../support/factories';

const SECRET_KEY = 'known-to-somebody-else';

describe('a cursor that somebody else signed', () => {
  let api: TestApi;
  let headers: Record<string, string>;
  let listOf: Map<string, string>;

  beforeAll(async () => {
    api = await testApi({ SECRET_KEY });
    const [product] = await someProducts(api.app, [10, 10, 10]);
    for (let index = 0; index < 2; index++)
      await api.post('/api/v1/orders/', {
        customer_name: 'A',
        customer_email: 'a@example.com',
        items: [{ product_id: product, quantity: 1 }],
      });
    // Each list says its name in the cursor that it gives.
    const pages = [
      '/api/v1/orders/',
      '/api/v1/products/',
      '/api/v1/inventory/',
      `/api/v1/inventory/${product}/transactions/`,
      '/api/v1/audit/',
    ];
    headers = (await anAccount(api.app, 'admin')).bearer;
    listOf = new Map();
    for (const path of pages) {
      const { next } = (await (await api.request(`${path}?page_size=1`, { headers })).json()) as { next: string };
      const cursor = Buffer.from(new URL(next).searchParams.get('cursor')!, 'base64url').subarray(16);
      listOf.set(path, (JSON.parse(cursor.toString()) as [string])[0]);
    }
  });
  afterAll(async () => {
    await api?.close();
  });

  const signed = (content: string) => {
    const body = Buffer.from(content);
    const signature = createHmac('sha256', SECRET_KEY).update('list-cursor').update(body).digest().subarray(0, 16);
    return Buffer.concat([signature, body]).toString('base64url');
  };

  it.each<[string, (list: string) => string]>([
    ['no JSON', () => 'not json'],
    ['null', () => 'null'],
    ['a text', (list) => JSON.stringify(list)],
    ['nothing but the list', (list) => JSON.stringify([list])],
    ['a key that is no list', (list) => JSON.stringify([list, 'x', false])],
    ['an empty key', (list) => JSON.stringify([list, [], false])],
    ['a key of texts', (list) => JSON.stringify([list, ['x', 'y'], false])],
    ['a key of objects', (list) => JSON.stringify([list, [{}, null], false])],
    ['a number that no column holds', (list) => JSON.stringify([list, [1e300, 1e300], true])],
    ['a NUL character', (list) => JSON.stringify([list, ['\u0000', '\u0000'], false])],
    ['a direction that is none', (list) => JSON.stringify([list, [1, 1], 'backwards'])],
  ])('is refused with 400 when it holds %s', async (_, content) => {
    expect(listOf.size).toBe(5);
    for (const [path, list] of listOf) {
      const response = await api.request(`${path}?cursor=${signed(content(list))}`, { headers });
      expect([path, response.status, await response.json()]).toMatchObject([
        path,
        400,
        { errors: [{ field: 'cursor', code: 'invalid_cursor' }] },
      ]);
    }
  });
});
