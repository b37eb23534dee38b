import { type TestDatabase, testDatabase } from '../support/database';
import { type RunningApp, startApp } from '../support/processes';

const SHOP = 'https://shop.example.com';

describe('what a browser gets', () => {
  let database: TestDatabase;
  let api: RunningApp;
  let open: RunningApp;

  beforeAll(async () => {
    database = await testDatabase();
    [api, open] = await Promise.all([
      startApp('api', { DATABASE_URL: database.url }),
      startApp('api', { DATABASE_URL: database.url, CORS_ORIGINS: `${SHOP}, http://localhost:3000` }),
    ]);
  }, 90_000);
  afterAll(async () => {
    await Promise.all([api?.stop(), open?.stop()]);
    await database?.drop();
  });

  it('is a page with links that all work at the address of the server', async () => {
    const page = await fetch(`${api.url}/`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const text = await page.text();
    const links = [...text.matchAll(/href="([^"]+)"/g)].map(([, link]) => link!);
    expect(links.length).toBeGreaterThan(7);
    for (const link of links) {
      const answer = await fetch(`${api.url}${link}`);
      await answer.arrayBuffer();
      // Without a worker the health check says 200 "degraded".
      expect(`${link} ${answer.status}`).toBe(`${link} 200`);
    }
  });

  it.each(['/', '/api/v1/products/', '/nothing-here', '/swagger/', '/redoc/', '/health/live'])(
    'has security headers at %s',
    async (path) => {
      const answer = await fetch(`${api.url}${path}`);
      await answer.arrayBuffer();
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('x-frame-options')).toBe('DENY');
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      const policy = answer.headers.get('content-security-policy')!;
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/script-src[^;]*unsafe-inline/);
    },
  );

  it('is no document, and no link to one, where they are turned off', async () => {
    const closed = await startApp('api', { DATABASE_URL: database.url, ENABLE_API_DOCS: 'false' });
    try {
      for (const path of ['/swagger', '/swagger/', '/swagger.json', '/swagger.yaml', '/swagger/index.html', '/redoc/'])
        expect(`${path} ${(await fetch(`${closed.url}${path}`)).status}`).toBe(`${path} 404`);
      expect((await fetch(`${closed.url}/redoc/redoc.standalone.js`)).status).toBe(404);
      const text = await (await fetch(`${closed.url}/`)).text();
      expect(text).not.toMatch(/swagger|redoc/);
      expect(text).toContain('/api/v1/orders/');
    } finally {
      await closed.stop();
    }
  }, 90_000);

  it('is told to stay on TLS only by a proxy that is trusted', async () => {
    const behind = await startApp('api', {
      DATABASE_URL: database.url,
      TRUST_PROXY: 'loopback',
      ALLOWED_HOSTS: 'shop.example.com',
    });
    try {
      const ask = (url: string, path: string, headers: Record<string, string>) => fetch(`${url}${path}`, { headers });
      const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'shop.example.com' };
      const trusted = await ask(behind.url, '/api/v1/products/', forwarded);
      expect([trusted.status, trusted.headers.get('strict-transport-security')]).toEqual([200, 'max-age=31536000']);
      expect((await ask(behind.url, '/api/v1/products/', {})).status).toBe(400);
      // A probe knows an address only.
      expect((await ask(behind.url, '/health/live', {})).status).toBe(200);
      expect((await ask(behind.url, '/health/', {})).status).toBe(400);
      const claimed = await ask(api.url, '/api/v1/products/', forwarded);
      expect([claimed.status, claimed.headers.get('strict-transport-security')]).toEqual([200, null]);
    } finally {
      await behind.stop();
    }
  }, 90_000);

  it('may be read by pages of no other origin unless CORS_ORIGINS names it', async () => {
    const ask = async (url: string, origin: string) => {
      const answer = await fetch(`${url}/api/v1/products/`, { headers: { origin } });
      await answer.arrayBuffer();
      return answer.headers.get('access-control-allow-origin');
    };
    expect(await ask(api.url, SHOP)).toBeNull();
    expect(await ask(open.url, 'https://other.example.com')).toBeNull();
    expect(await ask(open.url, SHOP)).toBe(SHOP);
  });

  it('lets a page of a named origin send a key and read the version', async () => {
    const preflight = await fetch(`${open.url}/api/v1/orders/`, {
      method: 'OPTIONS',
      headers: {
        origin: SHOP,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,idempotency-key',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('idempotency-key');
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH');
    const answer = await fetch(`${open.url}/api/v1/products/`, { headers: { origin: SHOP } });
    await answer.arrayBuffer();
    expect(answer.headers.get('access-control-expose-headers')).toContain('ETag');
  });
});
