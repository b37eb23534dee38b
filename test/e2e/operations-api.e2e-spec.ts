import { type OpenApiDocument, readDocument } from '../contract/contract';
import { type TestApi, testApi } from '../support/api';
import { someProducts } from '../support/factories';
import { freePort } from '../support/processes';

describe('the operations API', () => {
  let api: TestApi;

  beforeAll(async () => {
    // Nothing listens there: no request may need the queue server.
    api = await testApi({
      REDIS_URL: `redis://127.0.0.1:${await freePort()}`,
      ALLOWED_HOSTS: '127.0.0.1, shop.example',
    });
  });
  afterAll(async () => {
    await api?.close();
  });

  it('places, reads, lists and cancels orders while the queue server is away', async () => {
    const [product] = await someProducts(api.app, [10]);
    const response = await api.post('/api/v1/orders/', {
      customer_name: 'A',
      customer_email: 'a@example.com',
      items: [{ product_id: product, quantity: 1 }],
    });
    expect(response.status).toBe(201);
    const location = response.headers.get('location')!;
    expect((await api.request(location)).status).toBe(200);
    expect((await api.request('/api/v1/orders/')).status).toBe(200);
    expect((await api.request(`${location}cancel/`, { method: 'POST' })).status).toBe(200);
  });

  it('is degraded, not unhealthy, without worker and scheduler, and healthy with fresh heartbeats', async () => {
    const health = async () => {
      const response = await api.request('/health/');
      return {
        http: response.status,
        ...((await response.json()) as { status: string; checks: Record<string, { status: string }> }),
      };
    };
    expect(await health()).toMatchObject({
      http: 200,
      status: 'degraded',
      checks: {
        database: { status: 'healthy' },
        workers: { status: 'degraded', count: 0 },
        scheduler: { status: 'degraded' },
      },
    });
    await api.database.query(`update messaging.outbox set published_at = now()`);
    await api.database.query(
      `insert into messaging.heartbeats (process, instance, details) values
         ('worker', 'w1', '{"queues": {"fulfillment": {"waiting": 0, "delayed": 0, "active": 0, "failed": 0}}}'), ('scheduler', 's1', '{}')`,
    );
    expect(await health()).toMatchObject({ http: 200, status: 'healthy', checks: { workers: { count: 1 } } });
    const works = (instance: string, ageSeconds: number, stalled: string[]) =>
      api.database.query(
        `insert into messaging.heartbeats (process, instance, details) values ('worker', $1, $2)
         on conflict (process, instance) do update set details = excluded.details`,
        [instance, { queues: {}, last_job_seconds: { bulk: ageSeconds }, stalled }],
      );
    await works('w1', 100, ['bulk']);
    expect(await health()).toMatchObject({
      status: 'degraded',
      checks: { workers: { status: 'degraded', message: 'No job came through the bulk queue for 100 s.' } },
    });
    await works('w2', 1, []);
    expect(await health()).toMatchObject({
      checks: { workers: { status: 'degraded', message: 'Running, but taking no jobs: w1. Restart it.' } },
    });
    await works('w1', 20, []);
    expect(await health()).toMatchObject({ status: 'healthy', checks: { workers: { count: 2 } } });
    await api.database.query(`update messaging.heartbeats set beat_at = now() - interval '30 seconds'`);
    expect(await health()).toMatchObject({ status: 'degraded', checks: { workers: { count: 0 } } });
  });

  it('is degraded when an event waits too long', async () => {
    await api.database.query(
      `insert into messaging.outbox (id, type, aggregate_id, aggregate_version, correlation_id, payload, occurred_at)
       values (gen_random_uuid(), 'test.v1', gen_random_uuid(), 1, 'x', '{}', now() - interval '1 minute')`,
    );
    const { checks } = (await (await api.request('/health/')).json()) as {
      checks: { outbox: { status: string; waiting: number } };
    };
    expect(checks.outbox).toMatchObject({ status: 'degraded', waiting: 1 });
  });

  it('says of every other check what it knows when one of them fails', async () => {
    await api.database.query('alter table messaging.heartbeats rename to mislaid');
    try {
      const response = await api.request('/health/');
      expect([response.status, await response.json()]).toMatchObject([
        200,
        {
          status: 'degraded',
          checks: {
            database: {
              status: 'degraded',
              message: expect.stringContaining('refused what this check writes (42P01)'),
            },
            queue: { status: 'degraded', message: expect.stringMatching(/^Unknown: /) },
            workers: { status: 'degraded', message: expect.stringMatching(/^Unknown: /) },
            stock: { status: 'healthy' },
            application: { status: 'healthy' },
          },
        },
      ]);
    } finally {
      await api.database.query('alter table messaging.mislaid rename to heartbeats');
    }
  });

  it('is alive and ready', async () => {
    expect(await (await api.request('/health/live')).json()).toEqual({ status: 'alive' });
    expect((await api.request('/health/ready')).status).toBe(200);
  });

  it('gives its figures in Prometheus format', async () => {
    const response = await api.request('/metrics');
    expect(response.headers.get('content-type')).toContain('text/plain');
    const text = await response.text();
    for (const name of [
      'http_request_duration_seconds_bucket',
      'orders_placement_total{outcome="placed"}',
      'group_commit_batch_size_bucket',
      'outbox_waiting_events',
      'outbox_oldest_age_seconds',
      'dead_letters_open',
      'orders_by_status{status="cancelled"} 1',
      'stock_lock_seconds_bucket',
    ])
      expect(text).toContain(name);
    // The first scrape says how it is, not how it was at the scrape before.
    const figure = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    expect(figure('outbox_waiting_events')).toBe(1);
    expect(figure('outbox_oldest_age_seconds')).toBeGreaterThanOrEqual(60);
    expect(text).toMatch(/^stock_comparison_age_seconds nan$/im); // no worker compared them yet
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/); // labels are bounded: never an id
  });

  it('echoes a harmless request id and replaces any other', async () => {
    const id = async (given: string) =>
      (await api.request('/health/live', { headers: { 'x-request-id': given } })).headers.get('x-request-id');
    expect(await id('shop-4711')).toBe('shop-4711');
    expect(await id('a b')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await id('x'.repeat(200))).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('answers only the hosts that it is told to', async () => {
    const { port } = new URL(api.url);
    const status = (host: string, path = '/api/v1/products/') =>
      new Promise<number>((resolve, reject) => {
        // fetch does not let a client set Host.
        void import('node:http').then(({ get }) =>
          get({ host: '127.0.0.1', port, path, headers: { host } }, (response) => {
            response.resume();
            resolve(response.statusCode ?? 0);
          }).on('error', reject),
        );
      });
    expect(await status('shop.example')).toBe(200);
    expect(await status('evil.example')).toBe(400);
    // A probe knows the address of a process, and no name.
    expect(await status('10.0.0.7', '/health/live')).toBe(200);
  });

  it('serves the OpenAPI document', async () => {
    const document = (await (await api.request('/swagger.json')).json()) as OpenApiDocument;
    expect(document.openapi).toBe('3.1.0');
    expect(document).toEqual(readDocument());
    expect((await api.request('/swagger.yaml')).status).toBe(200);
  });

  it.each(['/swagger/', '/redoc/'])('serves the page %s and all that it needs, without the network', async (path) => {
    const page = await (await api.request(path)).text();
    const references = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, reference]) => reference!);
    expect(references.length).toBeGreaterThan(1);
    for (const reference of references) {
      expect(reference).not.toMatch(/^(https?:)?\/\//);
      const file = await api.request(new URL(reference, `${api.url}${path}`).pathname);
      expect([file.status, (await file.arrayBuffer()).byteLength > 0]).toEqual([200, true]);
    }
  });
});
