import { anAccount, anApiKey } from '../support/accounts';
import { type TestApi, testApi } from '../support/api';
import { runProgram } from '../support/cli';
import { addDemoData } from '../support/demo-data';
import { type RunningApp, startApp, until } from '../support/processes';

const PRODUCTS = '/api/v1/products/';
/** What is promised. */
const REFUSED_WITHIN_MS = 5000;

describe('credentials', () => {
  let api: TestApi;
  let processes: RunningApp[] = [];

  beforeAll(async () => {
    api = await testApi();
    await addDemoData(api.app);
    const environment = { DATABASE_URL: api.database.url, AUTH_MODE: 'required' };
    processes = await Promise.all([startApp('api', environment), startApp('api', environment)]);
  });
  afterAll(async () => {
    await Promise.all(processes.map((each) => each.stop()));
    await api?.close();
  });

  const statuses = (headers: Record<string, string>) =>
    Promise.all(processes.map(async ({ url }) => (await fetch(`${url}${PRODUCTS}`, { headers })).status));

  it.each([
    ['a key that is revoked', 'revoke'],
    ['a token and a key of an account that is deactivated', 'deactivate'],
    ['a token of a session that was ended', 'log out'],
  ] as const)('are refused by every process, within five seconds: %s', async (_, how) => {
    const [admin, user] = [await anAccount(api.app, 'admin'), await anAccount(api.app, 'viewer')];
    const key = await anApiKey(api.app, user);
    const shown = how === 'revoke' ? [key.header] : how === 'log out' ? [user.bearer] : [user.bearer, key.header];
    for (const headers of shown) expect(await statuses(headers)).toEqual([200, 200]);
    const done =
      how === 'revoke'
        ? await api.request(`/api/v1/api-keys/${key.id}/`, { method: 'DELETE', headers: user.bearer })
        : how === 'deactivate'
          ? await api.request(`/api/v1/users/${user.id}/`, { method: 'DELETE', headers: admin.bearer })
          : await api.post('/api/v1/auth/logout/', { refresh: user.refresh });
    expect(done.status).toBe(204);
    await until(async () => {
      const all = await Promise.all(shown.map(statuses));
      return all.flat().every((status) => status === 401);
    }, REFUSED_WITHIN_MS);
  });

  it('are not let in by the header of another kind, nor in another spelling, while they are remembered', async () => {
    const user = await anAccount(api.app, 'viewer');
    const { key, header } = await anApiKey(api.app, user);
    const status = async (headers: Record<string, string>) =>
      (await api.request('/api/v1/auth/me/', { headers })).status;
    for (const good of [header, user.bearer]) expect(await status(good)).toBe(200);
    expect(await status({ authorization: key })).toBe(401);
    expect(await status({ 'x-api-key': user.bearer.authorization! })).toBe(401);
    expect(await status({ authorization: `Bearer  ${user.access}` })).toBe(401);
    for (const good of [header, user.bearer]) expect(await status(good)).toBe(200);
  });

  it('are refreshed once of fifty times at once, by whichever process; then the session is over', async () => {
    const { refresh } = await anAccount(api.app, 'viewer');
    const ask = (url: string, token: string) =>
      fetch(`${url}/api/v1/auth/refresh/`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ refresh: token }),
      });
    const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => ask(processes[at % 2]!.url, refresh)));
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 401]));
    const next = (await won[0]!.json()) as { access: string; refresh: string };
    expect((await ask(processes[0]!.url, next.refresh)).status).toBe(401);
    await until(
      async () => (await statuses({ authorization: `Bearer ${next.access}` })).every((status) => status === 401),
      REFUSED_WITHIN_MS,
    );
  });

  it.each(['orders', 'a simulation'])('end a stream of %s that they opened, when they are refused', async (of) => {
    const [admin, user] = [await anAccount(api.app, 'admin'), await anAccount(api.app, 'operator')];
    // Nobody carries it out: without a worker it waits.
    const simulation = async () => {
      const asked = await api.post('/api/v1/simulations/', {}, user.bearer);
      return ((await asked.json()) as { id: string }).id;
    };
    const path = of === 'orders' ? 'orders/stream' : `simulations/${await simulation()}/stream`;
    const stream = await fetch(`${processes[0]!.url}/api/v1/${path}/`, { headers: user.bearer });
    expect([stream.status, stream.headers.get('x-content-type-options')]).toEqual([200, 'nosniff']);
    let isOver = false;
    const reading = stream.text().then(() => (isOver = true));
    await api.request(`/api/v1/users/${user.id}/`, { method: 'DELETE', headers: admin.bearer });
    await until(async () => isOver, REFUSED_WITHIN_MS);
    await reading;
  });

  it('name who wrote, in the versions, movements and lines of what was done', async () => {
    const user = await anAccount(api.app, 'manager');
    const key = await anApiKey(api.app, user);
    for (const headers of [user.bearer, key.header])
      await api.post('/api/v1/inventory/1/adjust/', { adjustment_type: 'add', quantity: 1 }, headers);
    expect(
      await api.database.query('select processed_by from inventory.stock_movements order by id desc limit 2'),
    ).toEqual([{ processed_by: `api_key:${key.id}` }, { processed_by: `user:${user.id}` }]);
  });

  it('let people register, log in, refresh, and see who they are', async () => {
    const registered = await api.post('/users/register', { username: 'newcomer', password: 'a long password' });
    expect([registered.status, registered.headers.get('cache-control')]).toEqual([201, 'no-store']);
    const again = await api.post('/api/v1/auth/register/', { username: 'NEWCOMER', password: 'a long password' });
    expect(again.status).toBe(409);
    const login = await api.post('/users/login', { username: 'newcomer', password: 'a long password' });
    const session = (await login.json()) as {
      access: string;
      refresh: string;
      expires_in: number;
      user: { role: string };
    };
    expect([login.status, session.expires_in, session.user.role]).toEqual([200, 900, 'customer']);
    const refreshed = await api.post('/api/v1/auth/refresh/', { refresh: session.refresh });
    const { access } = (await refreshed.json()) as { access: string };
    const me = await api.request('/api/v1/auth/me/', { headers: { authorization: `Bearer ${access}` } });
    expect(await me.json()).toMatchObject({
      kind: 'user',
      user: { username: 'newcomer' },
      permissions: ['orders:own', 'products:read'],
    });
    const wrong = await api.post('/users/login', { username: 'newcomer', password: 'wrong' });
    const unknown = await api.post('/users/login', { username: 'nobody', password: 'wrong' });
    const said = async (response: Response) => {
      const { status, code, detail } = (await response.json()) as Record<string, unknown>;
      return { status, code, detail };
    };
    expect(await said(wrong)).toEqual(await said(unknown));
  });

  it('have to wait after wrong passwords, and are told for how long', async () => {
    const { username } = await anAccount(api.app, 'viewer');
    const attempts: Response[] = [];
    for (let attempt = 0; attempt < 7; attempt++)
      attempts.push(await api.post('/api/v1/auth/login/', { username, password: 'wrong' }));
    expect(attempts.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 401, 429]);
    expect(Number(attempts[6]!.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('are given out by commands, the first administrator once', async () => {
    const environment = { DATABASE_URL: api.database.url };
    const cli = (...args: string[]) =>
      runProgram(process.execPath, ['dist/apps/cli/src/main.js', ...args], environment);
    await api.database.query("update identity.users set role = 'viewer'");
    const first = await cli('first-admin', '--json');
    const { username, password } = JSON.parse(first.output) as { username: string; password: string };
    const login = await api.post('/api/v1/auth/login/', { username, password });
    expect([first.code, login.status]).toEqual([0, 200]);
    expect((await cli('first-admin', '--json')).output.trim()).toBe('null');
    const key = await cli('create-api-key', 'admin', '--name', 'k', '--permissions', 'users:read');
    const listed = await api.request('/api/v1/users/', { headers: { 'x-api-key': key.output.trim() } });
    expect([key.code, listed.status]).toEqual([0, 200]);
    const { access } = (await login.json()) as { access: string };
    const rotated = await cli('keys', 'rotate', '--json');
    expect(rotated.code).toBe(0);
    const jwks = (await (await fetch(`${processes[0]!.url}/.well-known/jwks.json`)).json()) as { keys: object[] };
    expect(jwks.keys.length).toBeGreaterThan(0);
    expect(await statuses({ authorization: `Bearer ${access}` })).toEqual([200, 200]);
    expect((await cli('list-users', '--json')).output).not.toContain('argon2');
  }, 60_000);

  it('are taken by the load test, as an option or from its environment', async () => {
    const key = await anApiKey(api.app, await anAccount(api.app, 'operator'));
    const load = (args: string[], environment: Record<string, string> = {}) =>
      runProgram(
        process.execPath,
        ['dist/apps/cli/src/main.js', 'load-test', '--orders', '2', '--wait', '0', '--url', processes[0]!.url, ...args],
        environment,
      );
    expect((await load(['--json'])).output).toContain('answered 401 CREDENTIAL_REQUIRED');
    for (const { output } of [
      await load(['--json', '--api-key', key.key]),
      await load(['--json'], { LOAD_TEST_API_KEY: key.key }),
    ]) {
      expect(output).toMatch(/"created": 2,/);
      expect(output).not.toContain(key.key);
    }
  }, 60_000);
});
