import { fingerprintOf } from '../../apps/api/src/http/idempotency-key';
import { anAccount, anApiKey, PASSWORD, type TestAccount } from '../support/accounts';
import { type TestApi, testApi } from '../support/api';

interface Sent {
  status: number;
  text: string;
  replayed: string | null;
  location: string | null;
  cacheControl: string | null;
}

const NEXT_PASSWORD = 'another long sentence';

describe('a write of accounts with an Idempotency-Key', () => {
  let api: TestApi;
  let admin: TestAccount;
  let sequence = 0;

  beforeAll(async () => {
    api = await testApi();
    admin = await anAccount(api.app, 'admin');
  });
  afterAll(() => api?.close());

  const newKey = () => `key-${++sequence}`;
  const send = async (
    method: string,
    path: string,
    body: unknown,
    key: string,
    credential: Record<string, string> = admin.bearer,
  ): Promise<Sent> => {
    const response = await api.request(path, {
      method,
      headers: {
        ...credential,
        'idempotency-key': key,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const { headers } = response;
    return {
      status: response.status,
      text: await response.text(),
      replayed: headers.get('idempotency-replayed'),
      location: headers.get('location'),
      cacheControl: headers.get('cache-control'),
    };
  };
  const stored = async (key: string) =>
    (
      await api.database.query<{ text: string }>(
        `select keys::text as text from orders.idempotency_keys keys where key = $1`,
        [key],
      )
    )[0]?.text;

  type Case = [
    name: string,
    prepare: () => Promise<{
      method: string;
      path: string;
      body?: unknown;
      other?: unknown;
      credential?: Record<string, string>;
    }>,
  ];
  const CASES: Case[] = [
    [
      'making an account',
      async () => {
        const body = { username: `made-${++sequence}`, password: PASSWORD, role: 'viewer' };
        return { method: 'POST', path: '/api/v1/users/', body, other: { ...body, password: NEXT_PASSWORD } };
      },
    ],
    [
      'changing an account',
      async () => {
        const { id } = await anAccount(api.app, 'viewer');
        return {
          method: 'PATCH',
          path: `/api/v1/users/${id}/`,
          body: { role: 'operator' },
          other: { role: 'manager' },
        };
      },
    ],
    [
      'deactivating an account',
      async () => ({ method: 'DELETE', path: `/api/v1/users/${(await anAccount(api.app, 'viewer')).id}/` }),
    ],
    [
      'making an API key',
      async () => {
        const body = { name: 'shop', permissions: ['orders:read'] };
        return { method: 'POST', path: '/api/v1/api-keys/', body, other: { ...body, name: 'web shop' } };
      },
    ],
    [
      'revoking an API key',
      async () => ({ method: 'DELETE', path: `/api/v1/api-keys/${(await anApiKey(api.app, admin)).id}/` }),
    ],
    [
      'changing a password',
      async () => {
        const { bearer: credential } = await anAccount(api.app, 'viewer');
        const body = { current_password: PASSWORD, new_password: NEXT_PASSWORD };
        const other = { ...body, new_password: 'yet another sentence' };
        return { method: 'POST', path: '/api/v1/auth/password/', body, other, credential };
      },
    ],
  ];

  it.each(CASES)('gives the stored reply of %s byte for byte, and 422 to another one', async (_, prepare) => {
    const { method, path, body, other, credential } = await prepare();
    const key = newKey();
    const first = await send(method, path, body, key, credential);
    expect(first).toMatchObject({ replayed: null });
    expect(first.status).toBeLessThan(300);
    expect(await send(method, path, body, key, credential)).toEqual({ ...first, replayed: 'true' });
    if (other !== undefined) expect(await send(method, path, other, key, credential)).toMatchObject({ status: 422 });
    expect(
      await send('DELETE', `/api/v1/users/${admin.id}/`, undefined, key, credential ?? admin.bearer),
    ).toMatchObject({ status: credential ? 403 : 422 });
    // No secret of the request or of the reply can be read from what is stored.
    const row = (await stored(key))!;
    for (const secret of [PASSWORD, NEXT_PASSWORD, secretOf(first)].filter(Boolean)) expect(row).not.toContain(secret);
  });

  it('gives the key that was made to its maker only', async () => {
    const body = { name: 'shop', permissions: ['orders:read'] };
    const key = newKey();
    const first = await send('POST', '/api/v1/api-keys/', body, key);
    expect(first).toMatchObject({ status: 201, cacheControl: 'no-store' });
    const other = await anAccount(api.app, 'admin');
    const another = await send('POST', '/api/v1/api-keys/', body, key, other.bearer);
    expect(another).toMatchObject({ status: 201, replayed: null });
    expect(secretOf(another)).not.toBe(secretOf(first));
    // Not even by whoever can write into the table.
    await api.database.query(
      `update orders.idempotency_keys mine set reply = theirs.reply
         from orders.idempotency_keys theirs where mine.key = $1 and theirs.key = $1 and mine.caller = $2 and theirs.caller = $3`,
      [key, `user:${other.id}`, `user:${admin.id}`],
    );
    const stolen = await send('POST', '/api/v1/api-keys/', body, key, other.bearer);
    expect(stolen.status).toBe(500);
    expect(stolen.text).not.toContain(secretOf(first));
    const works = await api.request('/api/v1/orders/', { headers: { 'x-api-key': secretOf(first)! } });
    expect(works.status).toBe(200);
  });

  it('makes one of ten equal API keys that are asked for at once; the others get its reply or 409', async () => {
    const { bearer, id } = await anAccount(api.app, 'operator');
    const body = { name: 'shop', permissions: ['orders:read'] };
    const key = newKey();
    const sent = await Promise.all(
      Array.from({ length: 10 }, () => send('POST', '/api/v1/api-keys/', body, key, bearer)),
    );
    const made = sent.filter(({ status }) => status === 201);
    expect(new Set(made.map(secretOf)).size).toBe(1);
    for (const { status } of sent) expect([201, 409]).toContain(status);
    expect(
      await api.database.query('select count(*)::int as keys from identity.api_keys where user_id = $1', [id]),
    ).toEqual([{ keys: 1 }]);
  });

  it('shows nobody whether a guess of a password is right', async () => {
    const body = { username: `made-${++sequence}`, password: PASSWORD, role: 'viewer' };
    const key = newKey();
    expect(await send('POST', '/api/v1/users/', body, key)).toMatchObject({ status: 201 });
    const [row] = await api.database.query<{ fingerprint: string }>(
      'select fingerprint from orders.idempotency_keys where key = $1',
      [key],
    );
    expect(row!.fingerprint).toMatch(/^[\da-f]{64}$/);
    expect(row!.fingerprint).not.toBe(fingerprintOf('create user', body));
  });

  it('leaves nothing for a request that is refused', async () => {
    const key = newKey();
    expect(await send('DELETE', '/api/v1/users/0199c5a2-7d1e-7c33-9b51-00000000dead/', undefined, key)).toMatchObject({
      status: 404,
    });
    expect(await stored(key)).toBeUndefined();
  });
});

function secretOf({ text }: Sent): string | undefined {
  return text === '' ? undefined : (JSON.parse(text) as { key?: string }).key;
}
