import { OrdersRepository } from '@app/orders';
import { anAccount, anApiKey } from '../support/accounts';
import { type TestApi, testApi } from '../support/api';
import { type TestDatabase, testDatabase } from '../support/database';
import { type RunningApp, startApp, until } from '../support/processes';
import { describeOnBothBackends, emptyRedis, itWithRedis } from '../support/redis';
import { type SilentProxy, silentProxy } from '../support/silent-proxy';

const CLIENTS = 16;

/** Asks each address in turn, many at a time; how often it got which status. */
async function ask(urls: readonly string[], count: number): Promise<Record<number, number>> {
  const statuses: Record<number, number> = {};
  let asked = 0;
  const client = async () => {
    while (asked < count) {
      const answer = await fetch(`${urls[asked++ % urls.length]}/api/v1/products/`);
      await answer.arrayBuffer();
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return statuses;
}

const health = async (url: string) => {
  const answer = (await (await fetch(`${url}/health/`)).json()) as { checks: { rate_limits: object } };
  return answer.checks.rate_limits;
};

describeOnBothBackends('a limit of 100 requests, counted', (backend) => {
  let database: TestDatabase;
  let apis: RunningApp[] = [];

  beforeEach(async () => {
    database = await testDatabase();
    const settings: Record<string, string> = {
      DATABASE_URL: database.url,
      API_ANON_RATE_LIMIT: '100/hour',
      ...(backend === 'redis' ? { REDIS_URL: (await emptyRedis(10))! } : {}),
    };
    apis = await Promise.all([startApp('api', settings), startApp('api', settings)]);
  }, 90_000);
  afterEach(async () => {
    await Promise.all(apis.map((api) => api.stop()));
    apis = [];
    await database?.drop();
  });

  it('is one limit over two processes', async () => {
    const urls = apis.map(({ url }) => url);
    expect(await ask(urls, 300)).toEqual({ 200: 100, 429: 200 });
    expect(await Promise.all(urls.map(health))).toEqual(Array(2).fill({ status: 'healthy', store: backend }));
    // Whoever watches over it is not counted, and readers of the documents are not either.
    for (const path of ['/', '/health/', '/health/live', '/metrics', '/swagger.json', '/swagger/', '/redoc/'])
      expect(`${path} ${(await fetch(`${urls[0]}${path}`)).status}`).toBe(`${path} 200`);
    // However it is written, and whether or not it is there.
    for (const path of ['/%61pi/v1/products/', '/nothing-here', '/swagger/../api/v1/products/'])
      expect(`${path} ${(await fetch(`${urls[0]}${path}`)).status}`).toBe(`${path} 429`);
  }, 60_000);
});

describe('requests that cannot be counted', () => {
  let database: TestDatabase;
  let api: RunningApp | undefined;
  let proxy: SilentProxy | undefined;

  beforeEach(async () => {
    database = await testDatabase();
  });
  afterEach(async () => {
    await api?.stop();
    await proxy?.close();
    await database?.drop();
  });

  const startBehindProxy = async () => {
    const redis = new URL((await emptyRedis(11))!);
    proxy = await silentProxy({ host: redis.hostname, port: Number(redis.port) });
    api = await startApp('api', {
      DATABASE_URL: database.url,
      REDIS_URL: Object.assign(redis, { port: proxy.port }).href,
      API_ANON_RATE_LIMIT: '5/hour',
    });
    return api.url;
  };

  itWithRedis(
    'go on when Redis is gone, and the health page says so',
    async () => {
      const url = await startBehindProxy();
      expect(await ask([url], 20)).toEqual({ 200: 5, 429: 15 });
      await proxy!.close();
      await until(async () => (await ask([url], 1))[200] === 1);
      expect(await ask([url], 50)).toEqual({ 200: 50 });
      expect(await health(url)).toEqual({
        status: 'degraded',
        store: 'redis',
        message: expect.stringMatching(/^Requests are not counted, and nobody is limited: redis does not answer \(/),
      });
      expect(await (await fetch(`${url}/metrics`)).text()).toMatch(/^rate_limit_not_counted_total 5\d$/m);
    },
    90_000,
  );

  itWithRedis(
    'go on while Redis is frozen, and are counted again when it answers',
    async () => {
      const url = await startBehindProxy();
      proxy!.swallow('answers');
      expect(await ask([url], 50)).toEqual({ 200: 50 });
      expect(await health(url)).toMatchObject({ status: 'degraded' });
      expect(api!.logged().filter(({ msg }) => msg === 'rate_limits.store_away')).toHaveLength(1);
      proxy!.heal();
      await until(async () => (await ask([url], 1))[429] === 1);
      expect(await health(url)).toEqual({ status: 'healthy', store: 'redis' });
    },
    90_000,
  );
});

describe('a client', () => {
  let api: TestApi;
  afterEach(() => api?.close());

  const statusFrom = async (forwarded: string) => {
    const answer = await api.request('/api/v1/products/', { headers: { 'x-forwarded-for': forwarded } });
    await answer.arrayBuffer();
    return answer.status;
  };

  it('that is beyond its limit is told what the limit is and when to come back', async () => {
    api = await testApi({ API_ANON_RATE_LIMIT: '2/hour', CORS_ORIGINS: 'https://shop.example.com' });
    const origin = { origin: 'https://shop.example.com' };
    const allowed = await api.request('/api/v1/products/', { headers: origin });
    expect(allowed.headers.get('ratelimit-policy')).toBe('"anonymous";q=2;w=3600');
    expect(allowed.headers.get('ratelimit')).toMatch(/^"anonymous";r=1;t=(3600|359\d)$/);
    // A preflight is no request of its own.
    const preflight = { ...origin, 'access-control-request-method': 'POST' };
    expect((await api.request('/api/v1/orders/', { method: 'OPTIONS', headers: preflight })).status).toBe(204);
    await api.request('/api/v1/products/');
    const refused = await api.post('/api/v1/orders/', { customer_name: 'A' }, origin);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3500);
    expect(refused.headers.get('ratelimit')).toMatch(/^"anonymous";r=0;t=3[56]\d\d$/);
    // So that a page of another origin can wait as well.
    expect(refused.headers.get('access-control-allow-origin')).toBe('https://shop.example.com');
    expect(await refused.json()).toMatchObject({
      type: 'urn:order-fulfillment:problem:rate-limited',
      title: 'Too Many Requests',
      status: 429,
      code: 'RATE_LIMITED',
      detail: expect.stringMatching(/^At most 2 requests of one address without a credential per hour are answered\./),
    });
  });

  it('has a limit of its own behind a trusted proxy, and can be nobody else by what it sends itself', async () => {
    api = await testApi({ API_ANON_RATE_LIMIT: '1/hour', TRUST_PROXY: 'loopback' });
    expect(await statusFrom('192.0.2.1')).toBe(200);
    expect(await statusFrom('192.0.2.2')).toBe(200);
    expect(await statusFrom('192.0.2.1')).toBe(429);
    // The proxy appends the address that it sees to what the client sent.
    expect(await statusFrom('203.0.113.9, 192.0.2.1')).toBe(429);
    expect(await statusFrom('127.0.0.1, 192.0.2.2')).toBe(429);
    expect(await statusFrom('2001:db8::1')).toBe(200);
    expect(await statusFrom('2001:db8::2')).toBe(429);
  });

  it('is its address when no proxy is trusted, whatever it says', async () => {
    api = await testApi({ API_ANON_RATE_LIMIT: '1/hour' });
    expect(await statusFrom('192.0.2.1')).toBe(200);
    expect(await statusFrom('192.0.2.2')).toBe(429);
    expect(api.database.config.trustedProxies).toBeUndefined();
  });

  it('may register and log in so often, in all ways of doing it together, whatever the account', async () => {
    const limits = { REGISTRATION_RATE_LIMIT: '2/hour', LOGIN_RATE_LIMIT: '3/hour', TRUST_PROXY: 'loopback' };
    api = await testApi(limits);
    let sequence = 0;
    const ask = async (path: string, address: string, username = `somebody-${++sequence}`) => {
      const answer = await api.post(path, { username, password: 'a long password' }, { 'x-forwarded-for': address });
      await answer.arrayBuffer();
      return answer.status;
    };
    const [flood, other] = ['192.0.2.1', '192.0.2.2'];
    expect(await ask('/users/register', flood)).toBe(201);
    expect(await ask('/api/v1/auth/register/', flood)).toBe(201);
    expect(await ask('/api/v1/auth/register/', flood)).toBe(429);
    expect(await ask('/users/register', flood)).toBe(429);
    expect(await ask('/users/register', other)).toBe(201);
    // A right one counts as well, and is refused beyond the limit: whoever tries many accounts does not learn which one he hit.
    expect(await ask('/users/login', flood, 'somebody-1')).toBe(200);
    expect(await ask('/api/v1/auth/login/', flood, 'nobody')).toBe(401);
    expect(await ask('/api/v1/auth/login/', flood, 'nobody-else')).toBe(401);
    expect(await ask('/users/login', flood, 'somebody-2')).toBe(429);
    expect(await ask('/api/v1/auth/login/', other, 'somebody-2')).toBe(200);
    // Nothing else is counted by these.
    expect(await statusFrom(flood)).toBe(200);
    const refused = await api.post('/users/login', {}, { 'x-forwarded-for': flood });
    expect(refused.headers.get('ratelimit-policy')).toBe('"login";q=3;w=3600');
    expect(await refused.json()).toMatchObject({
      code: 'RATE_LIMITED',
      detail: expect.stringMatching(/^At most 3 logins from one address per hour are answered\./),
    });
  });

  it('that tries credentials is counted by its address, and a page of another origin may read that it is refused', async () => {
    const origin = { origin: 'https://shop.example.com' };
    api = await testApi({
      API_ANON_RATE_LIMIT: '3/hour',
      API_USER_RATE_LIMIT: '1/hour',
      AUTH_MODE: 'required',
      CORS_ORIGINS: origin.origin,
    });
    const tries: Record<string, string>[] = [
      {},
      { authorization: 'Bearer x' },
      { 'x-api-key': `ofk_${'A'.repeat(43)}` },
      { 'x-api-key': 'another' },
    ];
    const answers: Response[] = [];
    for (const credential of tries)
      answers.push(await api.request('/api/v1/products/', { headers: { ...origin, ...credential } }));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
    for (const { headers } of answers) expect(headers.get('access-control-allow-origin')).toBe(origin.origin);
    // Who has a good one is counted by that, also for what it does not allow.
    const viewer = await anAccount(api.app, 'viewer');
    const may = () => api.request('/api/v1/users/', { headers: viewer.bearer });
    expect([(await may()).status, (await may()).status]).toEqual([403, 429]);
  });

  it('has one limit with its account, however many API keys it makes', async () => {
    api = await testApi({ API_USER_RATE_LIMIT: '2/hour', AUTH_MODE: 'required' });
    const [viewer, other] = [await anAccount(api.app, 'viewer'), await anAccount(api.app, 'viewer')];
    const keys = [await anApiKey(api.app, viewer), await anApiKey(api.app, viewer)];
    const ask = (headers: Record<string, string>) => api.request('/api/v1/products/', { headers });
    expect((await ask(viewer.bearer)).status).toBe(200);
    expect((await ask(keys[0]!.header)).status).toBe(200);
    const refused = await ask(keys[1]!.header);
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({
      detail: expect.stringMatching(/^At most 2 requests of one account and its API keys per hour are answered\./),
    });
    expect((await ask(other.bearer)).status).toBe(200);
  });

  it('that is beyond its limit does not make the database look for an order', async () => {
    api = await testApi({ API_USER_RATE_LIMIT: '1/hour', AUTH_MODE: 'required' });
    const { bearer: headers } = await anAccount(api.app, 'customer');
    const look = jest.spyOn(api.app.get(OrdersRepository, { strict: false }), 'isOf');
    const path = '/api/v1/orders/0199c5a2-7d1e-7c33-9b51-00000000dead/';
    expect((await api.request(path, { headers })).status).toBe(404);
    expect((await api.request(path, { headers })).status).toBe(429);
    expect(look).toHaveBeenCalledTimes(1);
  });

  it('that logs in is counted by both limits, and meets the smaller one', async () => {
    api = await testApi({ API_ANON_RATE_LIMIT: '2/hour', LOGIN_RATE_LIMIT: '5/hour' });
    const logIn = async () => (await api.post('/users/login', { username: 'nobody', password: 'x' })).status;
    expect([await logIn(), await logIn(), await logIn()]).toEqual([401, 401, 429]);
  });

  it('is not limited, and sees nothing of limits, where none is set', async () => {
    api = await testApi();
    const answer = await api.request('/api/v1/products/');
    expect([...answer.headers.keys()].filter((name) => name.startsWith('ratelimit'))).toEqual([]);
    expect(await health(api.url)).toEqual({ status: 'healthy', store: 'none' });
  });
});
