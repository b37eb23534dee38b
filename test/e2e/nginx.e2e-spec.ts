import { contexts } from '../support/contexts';
import { type TestDatabase, testDatabase } from '../support/database';
import { someProducts } from '../support/factories';
import { installedNginx, type RunningNginx, startNginx } from '../support/nginx';
import { type RunningApp, startApp } from '../support/processes';

const HOST = 'shop.example.com';
const nginx = installedNginx();
const run = nginx ? it : it.skip;

describe('the API behind the nginx of deploy/nginx', () => {
  let database: TestDatabase;
  let api: RunningApp;
  let proxy: RunningNginx;
  let order: string;

  beforeAll(async () => {
    if (!nginx) return;
    database = await testDatabase();
    const app = await contexts(database.config);
    const [product] = await someProducts(app, [10, 10]);
    await app.close();
    order = JSON.stringify({
      customer_name: 'A',
      customer_email: 'a@example.com',
      items: [{ product_id: product, quantity: 1 }],
    });
    api = await startApp('api', {
      DATABASE_URL: database.url,
      LISTEN_ADDRESS: '127.0.0.1',
      TRUST_PROXY: 'loopback',
      ALLOWED_HOSTS: HOST,
      API_ANON_RATE_LIMIT: '100/hour',
    });
    proxy = await startNginx(nginx, HOST, api.url);
  }, 90_000);
  afterAll(async () => {
    await proxy?.stop();
    await api?.stop();
    await database?.drop();
  });

  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    proxy.ask(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers } }, body);

  run('has a configuration that nginx takes', () => {
    expect(proxy.check).toEqual({ ok: true, output: expect.stringContaining('test is successful') });
  });

  run('sends everybody to TLS, and nothing of a request further', async () => {
    const answer = await fetch(`${proxy.plainUrl}/api/v1/orders/`, { method: 'POST', body: order, redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')?.startsWith('https://')]).toEqual([301, true]);
    expect(await database.query('select from orders.orders')).toEqual([]);
  });

  run('answers over TLS with addresses that lead back there, and tells browsers to stay', async () => {
    const page = await proxy.ask('/api/v1/products/?page_size=1');
    expect(page.status).toBe(200);
    expect(page.headers['strict-transport-security']).toBe('max-age=31536000');
    const { next } = JSON.parse(page.body) as { next: string };
    expect(next).toMatch(new RegExp(`^https://${HOST}/api/v1/products/\\?`));
    const following = await proxy.ask(next.slice(`https://${HOST}`.length));
    expect(following.status).toBe(200);
    // Who comes without TLS is promised nothing.
    const plain = await fetch(`${api.url}/health/live`);
    expect(plain.headers.get('strict-transport-security')).toBeNull();
  });

  run('serves its own name only', async () => {
    const stranger = await proxy.ask('/api/v1/products/', { headers: { host: 'evil.example' } });
    expect([stranger.status, stranger.body]).toEqual([400, expect.stringContaining('HOST_NOT_ALLOWED')]);
  });

  run('counts a client by the address that nginx sees, whatever the client says', async () => {
    const left = async (forwarded: string) => {
      const { headers } = await proxy.ask('/api/v1/products/', { headers: { 'x-forwarded-for': forwarded } });
      return Number(/r=(\d+)/.exec(String(headers.ratelimit))![1]);
    };
    const first = await left('192.0.2.1');
    expect([await left('192.0.2.2'), await left('10.0.0.1, 192.0.2.3')]).toEqual([first - 1, first - 2]);
  });

  run('takes bulk requests that are larger than any other', async () => {
    const large = `{"orders":[${Array(12_000).fill(order).join(',')}]}`;
    expect(large.length).toBeGreaterThan(1024 * 1024);
    expect((await post('/api/v1/orders/', large)).status).toBe(413);
    const accepted = await post('/api/v1/orders/bulk_create/', large);
    expect([accepted.status, accepted.headers.location]).toEqual([202, expect.stringMatching(/batches/)]);
  });

  run('passes events on while the stream is open', async () => {
    const stream = await proxy.open('/api/v1/orders/stream/');
    expect([stream.statusCode, stream.headers['content-type']]).toEqual([200, 'text/event-stream']);
    const placed = await post('/api/v1/orders/', order);
    expect(placed.status).toBe(201);
    const { order_id: id } = JSON.parse(placed.body) as { order_id: string };
    let seen = '';
    for await (const chunk of stream) {
      seen += String(chunk);
      if (seen.includes(id)) break; // which also closes it
    }
    expect(seen).toContain(`"order_id":"${id}"`);
  });
});
