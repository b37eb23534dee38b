import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ASK_AGAIN_MS,
  ISSUER_ANSWER_MAX,
  IssuerKeys,
  UNKNOWN_KEY_COOLDOWN_MS,
} from '../../libs/identity/src/issuer-keys';
import { errorCode } from '@app/platform';
import { errors, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { anAccount, type TestAccount } from '../support/accounts';
import { type TestApi, testApi } from '../support/api';
import { someProducts } from '../support/factories';
import { type TestIssuer, testIssuer } from '../support/foreign-issuer';

const ROLES = 'shop:admins:admin,team:warehouse,*:customer';
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('a foreign OpenID Connect issuer', () => {
  let issuer: TestIssuer;
  let url: string;
  let api: TestApi;
  let product: number;
  let own: TestAccount;

  beforeAll(async () => {
    issuer = await testIssuer();
    url = issuer.url;
    api = await testApi({ AUTH_MODE: 'required', ...issuer.settings, OIDC_ROLES: ROLES });
    [product] = (await someProducts(api.app, [10])) as [number];
    own = await anAccount(api.app, 'viewer');
  });
  afterAll(async () => {
    await api?.close();
    await issuer?.close();
  });

  const aToken = (claims: Record<string, unknown> = {}, roles = ['team']) => issuer.token(roles, claims);
  const statusOf = async (path: string, token: string, init: RequestInit = {}) =>
    (await api.request(path, { ...init, headers: { ...bearer(token), 'content-type': 'application/json' } })).status;
  const me = async (token: string) => {
    const response = await api.request('/api/v1/auth/me/', { headers: bearer(token) });
    return {
      status: response.status,
      body: (await response.json()) as { id: string; permissions: string[]; code: string },
    };
  };

  it('lets its users in with the role that the mapping gives them', async () => {
    const warehouse = await aToken();
    expect(await statusOf('/api/v1/inventory/', warehouse)).toBe(200);
    const adjustment = JSON.stringify({ adjustment_type: 'add', quantity: 1 });
    const adjusted = await statusOf(`/api/v1/inventory/${product}/adjust/`, warehouse, {
      method: 'POST',
      body: adjustment,
    });
    expect([adjusted, await statusOf('/api/v1/users/', warehouse)]).toEqual([200, 403]);
    expect(await statusOf('/api/v1/users/', await aToken({ sub: 'ada' }, ['team', 'shop:admins']))).toBe(200);
    expect((await me(await aToken({ sub: 'eve' }, []))).body.permissions).toEqual(['orders:own', 'products:read']);
  });

  it('is said in the audit: who it was, and how the issuer calls that one', async () => {
    const { body } = await me(await aToken());
    const admin = await anAccount(api.app, 'admin');
    const read = async (query: string) =>
      (
        (await (await api.request(`/api/v1/audit/?${query}`, { headers: admin.bearer })).json()) as {
          results: unknown[];
        }
      ).results;
    expect(await read(`entity=stock&actor=user:${body.id}`)).toHaveLength(1);
    expect(await read(`entity=user&id=${body.id}`)).toMatchObject([
      { action: 'foreign_token.accepted', details: { issuer: url, subject: 'grace', role: 'warehouse' } },
    ]);
  });

  it('gives a user the same id always, and never that of an account', async () => {
    const [one, again, other] = [
      await me(await aToken()),
      await me(await aToken()),
      await me(await aToken({ sub: own.id })),
    ];
    expect([one.body.id === again.body.id, one.body.id === other.body.id, other.body.id === own.id]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('shows a customer of it the own orders, and those of nobody else', async () => {
    const [ada, eve] = [await aToken({ sub: 'ada' }, []), await aToken({ sub: 'eve' }, [])];
    const placed = await api.request('/api/v1/orders/', {
      method: 'POST',
      headers: { ...bearer(ada), 'content-type': 'application/json' },
      body: JSON.stringify({
        customer_name: 'Ada',
        customer_email: 'ada@example.com',
        items: [{ product_id: product, quantity: 1 }],
      }),
    });
    const { order_id: id } = (await placed.json()) as { order_id: string };
    const listed = async (token: string) =>
      ((await (await api.request('/api/v1/orders/', { headers: bearer(token) })).json()) as { count: number }).count;
    expect([
      await statusOf(`/api/v1/orders/${id}/`, ada),
      await statusOf(`/api/v1/orders/${id}/`, eve),
      await listed(ada),
      await listed(eve),
    ]).toEqual([200, 404, 1, 0]);
  });

  it('makes nobody an account here: keys and passwords are for those who logged in', async () => {
    const token = await aToken({}, ['shop:admins']);
    const body = JSON.stringify({ name: 'mine', permissions: ['orders:read'] });
    expect(await statusOf('/api/v1/api-keys/', token, { method: 'POST', body })).toBe(403);
  });

  it.each<[string, () => Promise<string> | string]>([
    ['for another audience', () => aToken({ aud: 'elsewhere' })],
    ['of another issuer', () => aToken({ iss: 'https://elsewhere.example' })],
    ['that has expired', () => aToken({ exp: Math.floor(Date.now() / 1000) - 60 })],
    ['that does not expire', () => aToken({ exp: undefined })],
    ['that is not good yet', () => aToken({ nbf: Math.floor(Date.now() / 1000) + 600 })],
    ['of nobody', () => aToken({ sub: '' })],
    [
      'without a signature',
      () => new UnsecuredJWT({ sub: 'grace', iss: url, aud: issuer.audience }).setExpirationTime('1 h').encode(),
    ],
    ['signed with a secret', () => forged({ alg: 'HS256' }, new TextEncoder().encode('a'.repeat(32)))],
    [
      'that somebody else signed',
      async () =>
        forged({ alg: 'RS256', kid: (await issuer.makeKey()).kid }, (await generateKeyPair('RS256')).privateKey),
    ],
  ])('does not vouch for a token %s', async (_, token) => {
    const { status, body } = await me(await token());
    expect([status, body.code]).toEqual([401, 'CREDENTIAL_REFUSED']);
  });

  it('is asked for a key that it made since, once the keys were kept for half a minute', async () => {
    await me(await aToken());
    await issuer.makeKey();
    const token = await aToken({ sub: 'new' });
    expect((await me(token)).status).toBe(401);
    const now = Date.now;
    const later = jest.spyOn(Date, 'now').mockImplementation(() => now() + UNKNOWN_KEY_COOLDOWN_MS + 1000);
    expect((await me(token)).status).toBe(200);
    later.mockRestore();
  });

  it('that is away leaves own tokens and keys as they are', async () => {
    const token = await aToken({ sub: 'late' });
    await issuer.close();
    const elsewhere = await testApi({ AUTH_MODE: 'required', ...issuer.settings });
    try {
      const account = await anAccount(elsewhere.app, 'viewer');
      const ask = async (headers: Record<string, string>) => {
        const response = await elsewhere.request('/api/v1/auth/me/', { headers });
        return [response.status, response.headers.has('retry-after')];
      };
      expect(await ask(bearer(token))).toEqual([503, true]);
      expect(await ask(account.bearer)).toEqual([200, false]);
    } finally {
      await elsewhere.close();
    }
  });

  function forged(header: { alg: string; kid?: string }, key: Parameters<SignJWT['sign']>[0]): Promise<string> {
    return new SignJWT({ realm_access: { roles: ['shop:admins'] } })
      .setProtectedHeader(header)
      .setIssuer(url)
      .setAudience(issuer.audience)
      .setSubject('grace')
      .setIssuedAt()
      .setExpirationTime('1 h')
      .sign(key);
  }
});

describe('the keys of an issuer', () => {
  let server: Server;
  let requests = 0;
  const keysOf = async (answer: RequestListener) => {
    requests = 0;
    server = createServer((request, response) => {
      requests++;
      answer(request, response);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { url, keys: new IssuerKeys(url, { warn: () => undefined } as never) };
  };
  afterEach(() => new Promise<unknown>((closed) => server.close(closed)));
  const find = (keys: IssuerKeys) => keys.find({ alg: 'RS256', kid: 'x' }, { payload: '', signature: '' });

  it('are asked for once by many that fail, and not again for seconds', async () => {
    const { keys } = await keysOf((_, response) => response.writeHead(500).end());
    const all = await Promise.allSettled(Array.from({ length: 50 }, () => find(keys)));
    for (const each of all) expect(each).toMatchObject({ status: 'rejected', reason: { code: 'ISSUER_AWAY' } });
    await expect(find(keys)).rejects.toMatchObject({ code: 'ISSUER_AWAY' });
    expect([requests, ASK_AGAIN_MS]).toEqual([1, 5000]);
  });

  it.each([
    ['discovery document', '{}', 1],
    ['text of JSON', '<html>', 1],
    ['set of keys', undefined, 2],
  ])('are not asked for again for seconds after an answer that is no %s', async (_, document, asked) => {
    const { url, keys } = await keysOf(({ url: path = '' }, response) =>
      response.end(path === '/keys' ? '{}' : (document ?? JSON.stringify({ issuer: url, jwks_uri: `${url}/keys` }))),
    );
    for (let index = 0; index < 5; index++) await expect(find(keys)).rejects.toMatchObject({ code: 'ISSUER_AWAY' });
    expect(requests).toBe(asked);
  });

  it('are not taken from an answer that is too long, of another issuer, or elsewhere by a redirect', async () => {
    const discovery = (url: string) => ({ issuer: url, jwks_uri: `${url}/keys` });
    const answers: [what: string, answer: (response: ServerResponse, url: string) => void][] = [
      ['good', (response, url) => response.end(JSON.stringify(discovery(url)))],
      [
        'too long',
        (response, url) => response.end(JSON.stringify({ ...discovery(url), padding: 'x'.repeat(ISSUER_ANSWER_MAX) })),
      ],
      [
        'of another issuer',
        (response, url) => response.end(JSON.stringify({ ...discovery(url), issuer: 'https://x.example' })),
      ],
      ['a redirect', (response) => response.writeHead(302, { location: '/elsewhere' }).end()],
      ['no document', (response) => response.end('{}')],
    ];
    const codes: [string, unknown][] = [];
    for (const [what, answer] of answers) {
      const { url, keys } = await keysOf(({ url: path = '' }, response) => {
        if (path === '/keys') response.end('{"keys":[]}');
        else if (path === '/elsewhere') response.end(JSON.stringify(discovery(url)));
        else answer(response, url);
      });
      codes.push([what, await find(keys).catch((error: unknown) => errorCode(error))]);
      await new Promise((closed) => server.close(closed));
    }
    await keysOf((_, response) => response.end());
    expect(codes).toEqual([
      ['good', 'ERR_JWKS_NO_MATCHING_KEY'],
      ['too long', 'ISSUER_AWAY'],
      ['of another issuer', 'ISSUER_AWAY'],
      ['a redirect', 'ISSUER_AWAY'],
      ['no document', 'ISSUER_AWAY'],
    ]);
  });

  it('say that they do not have one which a token names, without being asked each time', async () => {
    const { url, keys } = await keysOf((request, response) =>
      response.end(JSON.stringify(request.url === '/keys' ? { keys: [] } : { issuer: url, jwks_uri: `${url}/keys` })),
    );
    for (let index = 0; index < 20; index++) await expect(find(keys)).rejects.toThrow(errors.JWKSNoMatchingKey);
    // The discovery, and the keys.
    expect(requests).toBe(2);
  });
});
