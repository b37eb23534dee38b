import {
  OPEN_PERMISSIONS,
  type Permission,
  permissionsOf,
  RevokeApiKey,
  type Role,
  ROLES,
  SigningKeys,
  UpdateUser,
} from '@app/identity';
import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import type { Access } from '../../apps/api/src/access/access';
import { type Endpoint, endpointsOf, readDocument } from '../contract/contract';
import { anAccount, anApiKey, type TestAccount } from '../support/accounts';
import { type TestApi, testApi } from '../support/api';
import { addDemoShop } from '../support/demo-data';
import { type TestIssuer, testIssuer } from '../support/foreign-issuer';
import { TESTER } from '../support/principals';

/** Which answers a request without a body, to something that does not exist, may get from a route that let it in. */
const LET_IN = new Set([200, 201, 202, 204, 400, 404, 405, 409, 412, 413, 415, 422]);
const NOBODYS_ID = '0199c5a2-7d1e-7c33-9b51-00000000dead';

interface Route extends Endpoint {
  access: Access;
}

/**
 * Route × credential, made of the document and of the table of roles: a new route joins by itself. Requests have no body and name
 * nothing that exists, so that all of them can be sent, those that remove things as well: what is asserted is who is let in.
 */
describe.each(['open', 'required'] as const)('who is let in where AUTH_MODE is %s', (mode) => {
  let api: TestApi;
  let issuer: TestIssuer;
  let routes: Route[];
  const accounts = new Map<Role, TestAccount>();
  const keys = new Map<Role, Record<string, string>>();
  const refused = new Map<string, Record<string, string>>();

  beforeAll(async () => {
    issuer = await testIssuer();
    api = await testApi({ AUTH_MODE: mode, ...issuer.settings });
    await addDemoShop(api.app);
    routes = routesOf();
    for (const role of ROLES) {
      const account = await anAccount(api.app, role);
      accounts.set(role, account);
      keys.set(role, (await anApiKey(api.app, account)).header);
    }
    await makeRefusedCredentials();
  });
  afterAll(async () => {
    await api?.close();
    await issuer?.close();
  });

  async function makeRefusedCredentials(): Promise<void> {
    const cause = { principal: TESTER };
    const admin = accounts.get('admin')!;
    const { kid, key } = await api.app.get(SigningKeys, { strict: false }).signing();
    const [, payload] = admin.access.split('.');
    const { sid } = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as { sid: string };
    const token = (given: { kid?: string; audience?: string; expires?: string } = {}) =>
      new SignJWT({ sid })
        .setProtectedHeader({ alg: 'EdDSA', kid: given.kid ?? kid, typ: 'at+jwt' })
        .setIssuer('order-fulfillment')
        .setAudience(given.audience ?? 'order-fulfillment-api')
        .setSubject(admin.id)
        .setIssuedAt()
        .setExpirationTime(given.expires ?? '15 minutes');
    const bearer = (text: string) => ({ authorization: `Bearer ${text}` });
    const gone = await anAccount(api.app, 'admin');
    const goneKey = await anApiKey(api.app, gone);
    await api.app.get(UpdateUser, { strict: false }).execute(gone.id, { isActive: false }, cause);
    const revoked = await anApiKey(api.app, admin);
    await api.app.get(RevokeApiKey, { strict: false }).execute(revoked.id, admin.id, cause);
    const credentials: Record<string, Record<string, string>> = {
      'an expired token': bearer(await token({ expires: '-1 s' }).sign(key)),
      'a token without a signature': bearer(new UnsecuredJWT({ sid, sub: admin.id }).setExpirationTime('1 h').encode()),
      'a token of an unknown key': bearer(await token({ kid: 'unknown' }).sign(key)),
      'a token that somebody else signed': bearer(await token().sign((await generateKeyPair('EdDSA')).privateKey)),
      'a token for another audience': bearer(await token({ audience: 'elsewhere' }).sign(key)),
      'a token of a deactivated account': gone.bearer,
      'a key of a deactivated account': goneKey.header,
      'a revoked key': revoked.header,
      'an expired key': (await anApiKey(api.app, admin, undefined, new Date(0))).header,
      'an unknown key': { 'x-api-key': `ofk_${'A'.repeat(43)}` },
      'a token of another issuer': bearer(await issuer.token(['admin'], { iss: 'https://elsewhere.example' })),
      'a foreign token for another audience': bearer(await issuer.token(['admin'], { aud: 'elsewhere' })),
      'an expired foreign token': bearer(await issuer.token(['admin'], { exp: Math.floor(Date.now() / 1000) - 60 })),
      'a foreign token without a role here': bearer(await issuer.token(['nobody'])),
      'a token of a foreign issuer that somebody else signed': bearer(
        await new SignJWT({ realm_access: { roles: ['admin'] } })
          .setProtectedHeader({ alg: 'RS256', kid: 'unknown' })
          .setIssuer(issuer.url)
          .setAudience(issuer.audience)
          .setSubject('eve')
          .setExpirationTime('1 h')
          .sign((await generateKeyPair('RS256')).privateKey),
      ),
      'another scheme': { authorization: 'Basic YWRtaW46YWRtaW4=' },
    };
    for (const [what, headers] of Object.entries(credentials)) refused.set(what, headers);
  }

  const send = async ({ method, path }: Route, headers: Record<string, string>) => {
    const url = path.replaceAll(/\{(\w+)\}/g, NOBODYS_ID);
    const response = await api.request(url, { method, headers });
    const text = await response.text();
    const isProblem = response.headers.get('content-type')?.includes('problem');
    const problem = isProblem ? (JSON.parse(text) as { code: string; detail: string }) : undefined;
    return { status: response.status, problem, challenge: response.headers.get('www-authenticate') };
  };
  /** Every route whose answer is not the one that is expected. */
  const wrong = async (headers: Record<string, string>, expected: (route: Route) => number | 'let in') => {
    const found: string[] = [];
    for (const route of routes) {
      const { status, problem, challenge } = await send(route, headers);
      const want = expected(route);
      const isRight = want === 'let in' ? LET_IN.has(status) : status === want;
      if (!isRight) found.push(`${route.name}: ${status} ${problem?.code ?? ''} instead of ${want}`);
      if (status === 401 && !challenge) found.push(`${route.name}: 401 without WWW-Authenticate`);
      if (status === 403 && route.access.for === 'permitted' && !problem?.detail.includes(route.access.permission))
        found.push(`${route.name}: 403 that does not name ${route.access.permission}`);
    }
    return found;
  };
  const mayOf =
    (held: ReadonlySet<Permission>, kind: 'user' | 'api_key' | 'foreign_user') =>
    ({ access }: Route) => {
      if (access.for === 'everybody' || access.for === 'verified') return 'let in';
      if (access.for === 'logged_in') return kind === 'user' ? 'let in' : 403;
      if (held.has(access.permission)) return 'let in';
      return access.own === 'orders' && held.has('orders:own') ? 'let in' : 403;
    };

  it('is said by every route', () => {
    expect(routes.length).toBeGreaterThan(40);
    expect(routes.length).toBe(endpointsOf(readDocument()).filter(({ path }) => !isStream(path)).length);
  });

  it('whoever shows nothing', async () => {
    expect(
      await wrong({}, ({ access }) =>
        access.for === 'everybody' ||
        (mode === 'open' && access.for === 'permitted' && OPEN_PERMISSIONS.has(access.permission))
          ? 'let in'
          : 401,
      ),
    ).toEqual([]);
  });

  it.each(ROLES)('a %s with a token', async (role) => {
    expect(await wrong(accounts.get(role)!.bearer, mayOf(permissionsOf(role), 'user'))).toEqual([]);
  });

  it.each(ROLES)('a %s of a foreign issuer', async (role) => {
    const foreign = { authorization: `Bearer ${await issuer.token([role])}` };
    expect(await wrong(foreign, mayOf(permissionsOf(role), 'foreign_user'))).toEqual([]);
  });

  it.each(ROLES)('an API key of a %s', async (role) => {
    expect(await wrong(keys.get(role)!, mayOf(permissionsOf(role), 'api_key'))).toEqual([]);
  });

  it('an API key with one permission, to what needs this one', async () => {
    const { header } = await anApiKey(api.app, accounts.get('admin')!, ['inventory:read']);
    expect(await wrong(header, mayOf(new Set<Permission>(['inventory:read']), 'api_key'))).toEqual([]);
  });

  it('nobody with a credential that is not good, even where none is needed', async () => {
    const found: string[] = [];
    for (const [what, headers] of refused)
      for (const fault of await wrong(headers, ({ access }) => (access.for === 'everybody' ? 'let in' : 401)))
        found.push(`${what}: ${fault}`);
    expect(found).toEqual([]);
  });

  it('nobody with two credentials at once', async () => {
    const both = { ...accounts.get('admin')!.bearer, ...keys.get('admin')! };
    expect(await wrong(both, ({ access }) => (access.for === 'everybody' ? 'let in' : 400))).toEqual([]);
  });

  it('a user to the own account, and a customer to no other', async () => {
    const customer = accounts.get('customer')!;
    const own = `/api/v1/users/${customer.id}/`;
    const statusOf = async (path: string, init: RequestInit = {}) =>
      (
        await api.request(path, {
          ...init,
          headers: { ...customer.bearer, ...(init.body && { 'content-type': 'application/json' }) },
        })
      ).status;
    expect([
      await statusOf(own),
      await statusOf(`/users/${customer.id}`),
      await statusOf(own, { method: 'PATCH', body: JSON.stringify({ email: 'c@example.com' }) }),
      await statusOf(own, { method: 'PATCH', body: JSON.stringify({ role: 'admin' }) }),
      await statusOf(`/api/v1/users/${accounts.get('admin')!.id}/`),
      await statusOf(`/api/v1/users/${accounts.get('admin')!.id}/`, { method: 'DELETE' }),
      await statusOf(own, { method: 'DELETE' }),
    ]).toEqual([200, 200, 200, 403, 403, 403, 204]);
    // A role that was wished for is a refusal like every other.
    const recorded = await api.database.query(
      `select from identity.security_events where type = 'permission.refused' and principal = $1 and details->>'permission' = 'users:write'`,
      [`user:${customer.id}`],
    );
    expect(recorded.length).toBeGreaterThanOrEqual(2);
  });
});

function isStream(path: string): boolean {
  return path.includes('/stream/');
}

/** The operations of the document, with whom it says they let in. */
function routesOf(): Route[] {
  return endpointsOf(readDocument())
    .filter(({ path }) => !isStream(path))
    .map((endpoint) => {
      const access = endpoint.operation['x-access'];
      if (!access) throw new Error(`${endpoint.name} does not say who may call it.`);
      return { ...endpoint, access };
    });
}
