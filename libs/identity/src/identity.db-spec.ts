import { randomBytes } from 'node:crypto';
import { Principal, Transactions } from '@app/platform';
import type { TestingModule } from '@nestjs/testing';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { contexts } from '../../../test/support/contexts';
import { type TestDatabase, testDatabase } from '../../../test/support/database';
import { TESTER } from '../../../test/support/principals';
import { until } from '../../../test/support/processes';
import { AccessTokens } from './access-tokens';
import { ApiKeysRepository } from './api-keys.repository';
import { ChangePassword } from './change-password';
import { CheckPassword } from './check-password';
import { API_KEYS_PER_USER_MAX, CreateApiKey } from './create-api-key';
import { CreateUser } from './create-user';
import { Credentials } from './credentials';
import {
  AccountTakenError,
  CredentialRefusedError,
  LastAdminError,
  LoginFailedError,
  LoginPausedError,
  PermissionNotHeldError,
  RefreshRefusedError,
  TooManyApiKeysError,
} from './errors';
import { LogIn } from './log-in';
import { LogOut } from './log-out';
import { FREE_FAILURES } from './login-attempts.repository';
import { PASSWORDS_PER_CLIENT_MAX } from './password-hasher';
import { permissionsOf, type Role } from './permissions';
import { FAMILIES_PER_USER_MAX } from './refresh-families.repository';
import { RefreshSession } from './refresh-session';
import { ResetPassword } from './reset-password';
import { RevokeApiKey } from './revoke-api-key';
import { RotateSigningKeys } from './rotate-signing-keys';
import { CleanUpSecurityEvents } from './clean-up-security-events';
import { ForeignTokens } from './foreign-tokens';
import { EVENTS_PER_MINUTE_MAX, SecurityEvents } from './security-events';
import { SigningKeys } from './signing-keys';
import { UpdateUser } from './update-user';

const PASSWORD = 'correct horse battery';
const CAUSE = { principal: TESTER, address: '192.0.2.1', requestId: 'test-request' };

describe('identity', () => {
  let database: TestDatabase;
  let app: TestingModule;
  let sequence = 0;

  beforeAll(async () => {
    database = await testDatabase();
    app = await contexts(database.config);
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const aUser = async (role: Role = 'customer') => {
    const username = `user-${++sequence}`;
    const created = await app
      .get(CreateUser)
      .execute({ username, password: PASSWORD, email: null, role }, CAUSE, { logsIn: true });
    return { ...created!.user, session: created!.session! };
  };
  const logIn = (username: string, password = PASSWORD, address = '192.0.2.1') =>
    app.get(LogIn).execute({ username, password }, { ...CAUSE, address, client: address });
  const refresh = (token: string) => app.get(RefreshSession).execute(token, CAUSE);
  /** Another process: it remembers nothing. */
  const verify = async (token: string) => {
    const elsewhere = new Credentials(
      app.get(AccessTokens, { strict: false }),
      ...([Reflect.get(app.get(Credentials), 'sessions'), Reflect.get(app.get(Credentials), 'keys')] as const),
      app.get(ForeignTokens, { strict: false }),
      Reflect.get(app.get(Credentials), 'logger'),
    );
    return token.startsWith('ofk_') ? elsewhere.verifyApiKey(token) : elsewhere.verifyAuthorization(`Bearer ${token}`);
  };
  const aKey = async (userId: string, role: Role, given: object = {}) =>
    app
      .get(CreateApiKey)
      .execute(
        { userId, held: permissionsOf(role), name: 'shop', permissions: ['products:read'], expiresAt: null, ...given },
        CAUSE,
      );

  describe('passwords', () => {
    it('are kept as argon2id, and nowhere as they were typed', async () => {
      const { id } = await aUser();
      const [row] = await database.query<{ password_hash: string }>(
        'select password_hash from identity.users where id = $1',
        [id],
      );
      expect(row!.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
      await expect(
        database.query('update identity.users set password_hash = $1 where id = $2', [PASSWORD, id]),
      ).rejects.toThrow(/check constraint/);
    });

    it('change with the current one only, and end the other sessions', async () => {
      const user = await aUser();
      const other = await logIn(user.username);
      const { familyId } = await verify(user.session.access);
      const change = (current: string) =>
        app
          .get(ChangePassword)
          .execute({ userId: user.id, current, wanted: 'another long one', keptFamilyId: familyId }, CAUSE);
      await expect(change('wrong')).rejects.toMatchObject({ fields: [{ field: 'current_password' }] });
      await change(PASSWORD);
      await expect(verify(other.access)).rejects.toThrow(CredentialRefusedError);
      await expect(refresh(other.refresh)).rejects.toThrow(RefreshRefusedError);
      await expect(verify(user.session.access)).resolves.toMatchObject({ id: user.id });
      await expect(logIn(user.username)).rejects.toThrow(LoginFailedError);
      await expect(logIn(user.username, 'another long one')).resolves.toMatchObject({ user: { id: user.id } });
    });

    it('stay as they were changed meanwhile, by whoever knows the old one only', async () => {
      const user = await aUser();
      const checkPassword = app.get(CheckPassword, { strict: false });
      const check = checkPassword.execute.bind(checkPassword);
      const spy = jest.spyOn(checkPassword, 'execute').mockImplementation(async (...given) => {
        const holder = await check(...given);
        await app.get(ResetPassword).execute(user.id, 'of the owner, long', CAUSE);
        return holder;
      });
      const changing = app
        .get(ChangePassword)
        .execute({ userId: user.id, current: PASSWORD, wanted: 'of the thief, long' }, CAUSE);
      await expect(changing.finally(() => spy.mockRestore())).rejects.toMatchObject({
        fields: [{ field: 'current_password' }],
      });
      await expect(logIn(user.username, 'of the owner, long')).resolves.toMatchObject({ user: { id: user.id } });
    });

    it('that are reset end all sessions and revoke all API keys of the account; changing the own one keeps the keys', async () => {
      const [user, other] = [await aUser('viewer'), await aUser('viewer')];
      const keys = [await aKey(user.id, 'viewer'), await aKey(user.id, 'viewer'), await aKey(other.id, 'viewer')];
      await app.get(ChangePassword).execute({ userId: user.id, current: PASSWORD, wanted: 'another long one' }, CAUSE);
      await expect(verify(keys[0]!.key)).resolves.toMatchObject({ userId: user.id });
      const session = await logIn(user.username, 'another long one');
      expect(await app.get(ResetPassword).execute(user.id, PASSWORD, CAUSE)).toBe(2);
      for (const shown of [session.access, keys[0]!.key, keys[1]!.key])
        await expect(verify(shown)).rejects.toThrow(CredentialRefusedError);
      await expect(verify(keys[2]!.key)).resolves.toMatchObject({ userId: other.id });
    });
  });

  describe('a login', () => {
    it('takes the username in any letters, and answers an unknown one like a wrong password', async () => {
      const { id, username } = await aUser();
      await expect(logIn(username.toUpperCase())).resolves.toMatchObject({ user: { id }, expiresIn: 900 });
      const messages = await Promise.all(
        [logIn(username, 'wrong'), logIn('nobody-at-all')].map((attempt) =>
          attempt.catch((error: Error) => error.message),
        ),
      );
      expect(new Set(messages)).toEqual(new Set([new LoginFailedError().message]));
    });

    it('has to wait longer and longer after wrong passwords from one address, and not from another', async () => {
      const { username } = await aUser();
      const wrong = () => logIn(username, 'wrong', '192.0.2.66').catch((error: Error) => error);
      for (let attempt = 0; attempt <= FREE_FAILURES; attempt++) expect(await wrong()).toBeInstanceOf(LoginFailedError);
      expect(await wrong()).toBeInstanceOf(LoginPausedError);
      await expect(logIn(username, PASSWORD, '192.0.2.66')).rejects.toThrow(LoginPausedError);
      await expect(logIn(username, PASSWORD, '192.0.2.7')).resolves.toBeDefined();
      const pauses: number[] = [];
      for (let round = 0; round < 3; round++) {
        await database.query("update identity.login_attempts set paused_until = now() - interval '1 second'");
        expect(await wrong()).toBeInstanceOf(LoginFailedError);
        const paused = await wrong();
        pauses.push(paused instanceof LoginPausedError ? paused.retryAfterSeconds : 0);
      }
      expect(pauses).toEqual([2, 4, 8].map((seconds) => expect.closeTo(seconds, -0.3)));
    });

    it('is looked at in its turn: guesses that arrive at once are no more than those that come one by one', async () => {
      const { username } = await aUser();
      const guess = () => logIn(username, 'wrong', '192.0.2.67').catch((error: Error) => error.name);
      const atOnce = () => Promise.all(Array.from({ length: PASSWORDS_PER_CLIENT_MAX }, guess));
      const all = [...(await atOnce()), ...(await atOnce())];
      expect(all.slice(0, FREE_FAILURES)).toEqual(Array(FREE_FAILURES).fill('LoginFailedError'));
      expect(all.filter((outcome) => outcome === 'LoginPausedError').length).toBeGreaterThan(0);
      const [pair] = await database.query<{ failures: number }>(
        'select failures from identity.login_attempts order by failed_at desc limit 1',
      );
      expect(pair!.failures).toBe(all.filter((outcome) => outcome === 'LoginFailedError').length);
    });

    it('counts as one that is wrong when a password is changed with a wrong one', async () => {
      const { id, username } = await aUser();
      const cause = { ...CAUSE, client: '192.0.2.68' };
      const change = (current: string) =>
        app
          .get(ChangePassword)
          .execute({ userId: id, current, wanted: 'another long one' }, cause)
          .catch((error: Error) => error.name);
      const outcomes: unknown[] = [];
      for (let attempt = 0; attempt <= FREE_FAILURES; attempt++) outcomes.push(await change('wrong'));
      expect(outcomes).toEqual(Array(FREE_FAILURES + 1).fill('InvalidInputError'));
      expect(await change(PASSWORD)).toBe('LoginPausedError');
      await expect(logIn(username, PASSWORD, '192.0.2.68')).rejects.toThrow(LoginPausedError);
      await expect(logIn(username, PASSWORD, '192.0.2.69')).resolves.toBeDefined();
    });

    it('is possible for the owner while a thousand wrong ones come from twenty addresses', async () => {
      const { id, username } = await aUser();
      let next = 0;
      const outcomes: unknown[] = [];
      const attacker = async () => {
        for (let attempt = next++; attempt < 1000; attempt = next++)
          outcomes.push(
            await logIn(username, 'wrong', `198.51.100.${attempt % 20}`).catch((error: Error) => error.name),
          );
      };
      const attackers = Promise.all(Array.from({ length: 40 }, attacker));
      await expect(logIn(username, PASSWORD, '203.0.113.9')).resolves.toMatchObject({ user: { id } });
      await attackers;
      expect(outcomes).toHaveLength(1000);
      expect(new Set(outcomes)).toEqual(new Set(['LoginFailedError', 'LoginPausedError']));
      await expect(logIn(username, PASSWORD, '203.0.113.9')).resolves.toMatchObject({ user: { id } });
    }, 120_000);

    it('begins a bounded number of sessions: the oldest end', async () => {
      const user = await aUser();
      for (let index = 0; index < FAMILIES_PER_USER_MAX; index++) await logIn(user.username);
      const [{ open }] = (await database.query<{ open: number }>(
        'select count(*)::int as open from identity.refresh_families where user_id = $1 and ended_at is null',
        [user.id],
      )) as [{ open: number }];
      expect(open).toBe(FAMILIES_PER_USER_MAX);
      await expect(verify(user.session.access)).rejects.toThrow(CredentialRefusedError);
    }, 60_000);
  });

  describe('a refresh token', () => {
    it('is good once: the next one goes on', async () => {
      const { session, id } = await aUser();
      const second = await refresh(session.refresh);
      const third = await refresh(second.refresh);
      expect(new Set([session, second, third].map((each) => each.refresh)).size).toBe(3);
      await expect(verify(third.access)).resolves.toMatchObject({ id });
    });

    it('that comes back ends its whole family, the access tokens as well', async () => {
      const { session } = await aUser();
      const second = await refresh(session.refresh);
      await expect(refresh(session.refresh)).rejects.toThrow(RefreshRefusedError);
      await expect(refresh(second.refresh)).rejects.toThrow(RefreshRefusedError);
      await expect(verify(second.access)).rejects.toThrow(CredentialRefusedError);
    });

    it('used fifty times at once gives one new pair, and ends the family', async () => {
      const { session } = await aUser();
      const all = await Promise.allSettled(Array.from({ length: 50 }, () => refresh(session.refresh)));
      const won = all.filter((each) => each.status === 'fulfilled');
      expect(won).toHaveLength(1);
      await expect(refresh(won[0]!.value.refresh)).rejects.toThrow(RefreshRefusedError);
      const { familyId } = (await app.get(AccessTokens, { strict: false }).verify(session.access))!;
      expect(
        await database.query('select end_reason, generation from identity.refresh_families where id = $1', [familyId]),
      ).toEqual([{ end_reason: 'reused', generation: 2 }]);
    });

    it('that was made up changes nothing, even with the id of the family', async () => {
      const { session, id } = await aUser();
      const bytes = Buffer.from(session.refresh.slice(4), 'base64url');
      for (const forged of [
        Buffer.concat([bytes.subarray(0, 20), randomBytes(32)]),
        Buffer.concat([bytes.subarray(0, 16), Buffer.from([0, 0, 0, 9]), bytes.subarray(20)]),
        randomBytes(52),
      ])
        await expect(refresh(`oft_${forged.toString('base64url')}`)).rejects.toThrow(RefreshRefusedError);
      await expect(refresh('')).rejects.toThrow(RefreshRefusedError);
      await expect(refresh(session.refresh)).resolves.toMatchObject({ user: { id } });
    });

    it('is over with its session', async () => {
      const { session } = await aUser();
      await app.get(LogOut).execute(session.refresh, CAUSE);
      await expect(refresh(session.refresh)).rejects.toThrow(RefreshRefusedError);
      await expect(verify(session.access)).rejects.toThrow(CredentialRefusedError);
    });
  });

  describe('an access token', () => {
    it('is refused when it is forged, whatever is wrong with it', async () => {
      const { id, session } = await aUser();
      const { familyId } = await verify(session.access);
      const { kid, key } = await app.get(SigningKeys).signing();
      const { privateKey } = await generateKeyPair('EdDSA');
      const made = (given: { kid?: string; audience?: string; issuer?: string; typ?: string; expires?: string } = {}) =>
        new SignJWT({ sid: familyId })
          .setProtectedHeader({ alg: 'EdDSA', kid: given.kid ?? kid, typ: given.typ ?? 'at+jwt' })
          .setIssuer(given.issuer ?? 'order-fulfillment')
          .setAudience(given.audience ?? 'order-fulfillment-api')
          .setSubject(id)
          .setIssuedAt()
          .setExpirationTime(given.expires ?? '15 minutes');
      await expect(verify(await made().sign(key))).resolves.toMatchObject({ id });
      const forged = {
        'without a signature': new UnsecuredJWT({ sid: familyId, sub: id }).setExpirationTime('1 h').encode(),
        'of another key': await made().sign(privateKey),
        'of a key that nobody knows': await made({ kid: 'unknown' }).sign(key),
        'for another audience': await made({ audience: 'elsewhere' }).sign(key),
        'of another issuer': await made({ issuer: 'elsewhere' }).sign(key),
        'of another type': await made({ typ: 'JWT' }).sign(key),
        expired: await made({ expires: '-1 s' }).sign(key),
        'signed with the public key as a secret': await new SignJWT({ sid: familyId })
          .setProtectedHeader({ alg: 'HS256', kid, typ: 'at+jwt' })
          .setIssuer('order-fulfillment')
          .setAudience('order-fulfillment-api')
          .setSubject(id)
          .setIssuedAt()
          .setExpirationTime('1 h')
          .sign(Buffer.from(JSON.stringify((await app.get(SigningKeys).publicJwks())[0]))),
        changed: `${session.access.slice(0, -4)}AAAA`,
        'no token': 'Bearer',
        'too long': 'x'.repeat(5000),
      };
      const taken: string[] = [];
      for (const [what, token] of Object.entries(forged))
        if (
          await verify(token).then(
            () => true,
            (error: unknown) => !(error instanceof CredentialRefusedError),
          )
        )
          taken.push(what);
      expect(taken).toEqual([]);
    });

    it('is accepted after the keys were rotated, and new ones name the new key', async () => {
      const { id, session, username } = await aUser();
      const kid = await app.get(RotateSigningKeys).execute(CAUSE);
      await expect(verify(session.access)).resolves.toMatchObject({ id });
      const { access } = await logIn(username);
      const [header] = access.split('.');
      expect(JSON.parse(Buffer.from(header!, 'base64url').toString())).toEqual({ alg: 'EdDSA', kid, typ: 'at+jwt' });
      expect((await app.get(SigningKeys).publicJwks()).map((jwk) => jwk.kid)).toContain(kid);
    });

    it('loses its user with the account', async () => {
      const { id, session } = await aUser();
      await app.get(UpdateUser).execute(id, { isActive: false }, CAUSE);
      await expect(verify(session.access)).rejects.toThrow(CredentialRefusedError);
      await expect(refresh(session.refresh)).rejects.toThrow(RefreshRefusedError);
    });

    it('has the permissions of the role that the account has now', async () => {
      const { id, session } = await aUser('viewer');
      expect((await verify(session.access)).permissions).toEqual(permissionsOf('viewer'));
      await app.get(UpdateUser).execute(id, { role: 'warehouse' }, CAUSE);
      expect((await verify(session.access)).permissions).toEqual(permissionsOf('warehouse'));
    });
  });

  describe('the keys that sign', () => {
    it('are encrypted in the database, and given out without their private part', async () => {
      await app.get(SigningKeys).signing();
      const rows = await database.query<{ encrypted_private_key: Buffer; public_jwk: object }>(
        'select * from identity.signing_keys',
      );
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) {
        expect(row.encrypted_private_key.toString('latin1')).not.toContain('"d"');
        expect(Object.keys(row.public_jwk)).not.toContain('d');
      }
      for (const jwk of await app.get(SigningKeys).publicJwks())
        expect(jwk).toEqual({
          kty: 'OKP',
          crv: 'Ed25519',
          alg: 'EdDSA',
          use: 'sig',
          x: expect.any(String),
          kid: expect.any(String),
        });
    });

    it('are made once by processes that start together', async () => {
      const fresh = await testDatabase();
      const processes = await Promise.all([contexts(fresh.config), contexts(fresh.config), contexts(fresh.config)]);
      await Promise.all(processes.map((each) => each.get(SigningKeys).prepare()));
      expect(await fresh.query('select kid from identity.signing_keys')).toHaveLength(1);
      await Promise.all(processes.map((each) => each.close()));
      await fresh.drop();
    });

    it('are made anew for another SECRET_KEY, and the public ones of before still verify', async () => {
      const { id, session } = await aUser();
      const before = await app.get(SigningKeys).signing();
      const other = await contexts({ ...database.config, secretKey: 'another secret that nobody knows' });
      await other.get(SigningKeys).prepare();
      expect((await other.get(SigningKeys).signing()).kid).not.toBe(before.kid);
      await expect(other.get(Credentials).verifyAuthorization(`Bearer ${session.access}`)).resolves.toMatchObject({
        id,
      });
      await other.close();
      await app.get(SigningKeys).prepare();
    });
  });

  describe('an API key', () => {
    it('is known by its hash, and stands for what it was given', async () => {
      const { id } = await aUser('operator');
      const { apiKey, key } = await aKey(id, 'operator', { permissions: ['orders:write', 'orders:write'] });
      expect(key).toMatch(/^ofk_[\w-]{43}$/);
      expect(apiKey).toMatchObject({ prefix: key.slice(0, 12), permissions: ['orders:write'], lastUsedAt: null });
      expect(await verify(key)).toMatchObject({
        kind: 'api_key',
        id: apiKey.id,
        userId: id,
        permissions: new Set(['orders:write']),
      });
      const text = JSON.stringify(await database.query('select * from identity.api_keys'));
      expect(text).not.toContain(key.slice(12));
    });

    it('cannot have what its maker has not', async () => {
      const { id } = await aUser('viewer');
      await expect(aKey(id, 'viewer', { permissions: ['orders:read', 'users:write'] })).rejects.toMatchObject({
        fields: [{ field: 'permissions[1]' }],
      });
      await expect(aKey(id, 'viewer', { permissions: ['orders:write'] })).rejects.toThrow(PermissionNotHeldError);
    });

    it('loses what its owner loses', async () => {
      const { id } = await aUser('manager');
      const { key } = await aKey(id, 'manager', { permissions: ['orders:write', 'products:read'] });
      await app.get(UpdateUser).execute(id, { role: 'viewer' }, CAUSE);
      expect((await verify(key)).permissions).toEqual(new Set(['products:read']));
      await app.get(UpdateUser).execute(id, { isActive: false }, CAUSE);
      await expect(verify(key)).rejects.toThrow(CredentialRefusedError);
    });

    it('is refused when it is revoked, expired or unknown', async () => {
      const { id } = await aUser('viewer');
      const { apiKey, key } = await aKey(id, 'viewer');
      await app.get(RevokeApiKey).execute(apiKey.id, id, CAUSE);
      const expired = await aKey(id, 'viewer', { expiresAt: new Date(Date.now() - 1000) });
      for (const refused of [key, expired.key, `ofk_${'A'.repeat(43)}`, 'ofk_'])
        await expect(verify(refused)).rejects.toThrow(CredentialRefusedError);
    });

    it('notes its last use at most once a minute', async () => {
      const { id } = await aUser('viewer');
      const { apiKey, key } = await aKey(id, 'viewer');
      const lastUse = async () => (await app.get(ApiKeysRepository).findByUser(id))[0]!.lastUsedAt;
      await verify(key);
      const first = await lastUse();
      expect(first).toBeInstanceOf(Date);
      await verify(key);
      expect(await lastUse()).toEqual(first);
      await database.query("update identity.api_keys set last_used_at = now() - interval '2 minutes' where id = $1", [
        apiKey.id,
      ]);
      await verify(key);
      expect((await lastUse())!.getTime()).toBeGreaterThanOrEqual(first!.getTime());
    });

    it('is one of a bounded number, also when the last ones are made at once', async () => {
      const { id } = await aUser('viewer');
      await database.query(
        `insert into identity.api_keys (id, user_id, name, prefix, hash, permissions)
         select gen_random_uuid(), $1::uuid, 'k', 'ofk_12345678', sha256(convert_to(n || $1::uuid::text, 'UTF8')), '{orders:read}'
           from generate_series(1, $2::int) n`,
        [id, API_KEYS_PER_USER_MAX - 1],
      );
      const all = await Promise.allSettled([1, 2, 3, 4, 5].map(() => aKey(id, 'viewer')));
      expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const each of all) if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(TooManyApiKeysError);
    });
  });

  describe('accounts', () => {
    it('have one username each, whatever the case of its letters, also when they are made at once', async () => {
      const made = await Promise.allSettled(
        ['Ada.L', 'ada.l', 'ADA.L'].map((username) =>
          app.get(CreateUser).execute({ username, password: PASSWORD, email: null, role: 'customer' }, CAUSE),
        ),
      );
      expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const each of made) if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(AccountTakenError);
    });

    it('keep the last administrator, also when two take each other away', async () => {
      await database.query("update identity.users set role = 'viewer' where role = 'admin'");
      const [one, two] = [await aUser('admin'), await aUser('admin')];
      // Somebody holds both rows until both changes wait, so that neither is over before the other has begun.
      const holder = (await database.open()).createQueryRunner();
      await holder.startTransaction();
      await holder.query("select from identity.users where role = 'admin' order by id for update");
      const changes = Promise.allSettled([
        app.get(UpdateUser).execute(one.id, { role: 'viewer' }, CAUSE),
        app.get(UpdateUser).execute(two.id, { isActive: false }, CAUSE),
      ]);
      await until(async () => {
        const [{ waiting }] = (await database.query<{ waiting: number }>(
          `select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )) as [{ waiting: number }];
        return waiting === 2;
      });
      await holder.commitTransaction();
      await holder.release();
      const both = await changes;
      expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(both.find((each) => each.status === 'rejected')).toMatchObject({ reason: expect.any(LastAdminError) });
      expect(await database.query("select from identity.users where role = 'admin' and is_active")).toHaveLength(1);
    });
  });

  it('keeps what happened to accounts and credentials, without secrets', async () => {
    const user = await aUser('viewer');
    const { key } = await aKey(user.id, 'viewer');
    await expect(logIn(user.username, 'wrong-password-canary')).rejects.toThrow(LoginFailedError);
    const events = await database.query('select * from identity.security_events where user_id = $1 order by id', [
      user.id,
    ]);
    expect(events.map(({ type }) => type)).toEqual(['user.created', 'api_key.created', 'login.failed']);
    expect(events[0]).toMatchObject({
      principal: 'test',
      address: '192.0.2.1',
      request_id: 'test-request',
      details: { role: 'viewer' },
    });
    const text = JSON.stringify(await database.query('select * from identity.security_events'));
    for (const secret of [
      PASSWORD,
      'wrong-password-canary',
      key,
      user.session.refresh,
      user.session.access,
      user.username,
    ])
      expect(text).not.toContain(secret);
  });

  it('writes a bounded number of refusals of a principal a minute, and of all together', async () => {
    const events = app.get(SecurityEvents);
    const written: Promise<unknown>[] = [];
    const record = events.record.bind(events);
    jest.spyOn(events, 'record').mockImplementation((event, cause, tx) => {
      const writing = record(event, cause, tx);
      written.push(writing);
      return writing;
    });
    const { perCause, total } = EVENTS_PER_MINUTE_MAX;
    for (let index = 0; index < 10 * perCause; index++) events.recordRefusal('orders:read', CAUSE);
    // A minute may have begun meanwhile.
    expect(written.length).toBeGreaterThanOrEqual(perCause);
    expect(written.length).toBeLessThanOrEqual(2 * perCause);
    for (let index = 0; index < 2 * total; index++)
      events.recordRefusal('orders:read', { principal: Principal.parse(`user:${index}`) });
    await Promise.all(written);
    jest.restoreAllMocks();
    expect(written.length).toBeGreaterThanOrEqual(total);
    expect(written.length).toBeLessThanOrEqual(2 * total);
  });

  it('writes a bounded number of failed logins from one address a minute', async () => {
    const failures = async () =>
      (await database.query(`select from identity.security_events where type = 'login.failed'`)).length;
    const before = await failures();
    const { perCause } = EVENTS_PER_MINUTE_MAX;
    for (let index = 0; index < 2 * perCause + 5; index++)
      await expect(logIn(`nobody-${index}`, 'wrong', '192.0.2.77')).rejects.toThrow(LoginFailedError);
    // A minute may have begun meanwhile.
    expect((await failures()) - before).toBeGreaterThanOrEqual(perCause);
    expect((await failures()) - before).toBeLessThanOrEqual(2 * perCause);
  }, 60_000);

  it('writes which role an account had before and has since', async () => {
    const user = await aUser('viewer');
    await app.get(UpdateUser).execute(user.id, { role: 'viewer' }, CAUSE);
    await app.get(UpdateUser).execute(user.id, { role: 'operator' }, CAUSE);
    const changed = await database.query(
      `select principal, address, request_id, details from identity.security_events where user_id = $1 and type = 'role.changed'`,
      [user.id],
    );
    expect(changed).toEqual([
      {
        principal: TESTER.text,
        address: CAUSE.address,
        request_id: CAUSE.requestId,
        details: { from: 'viewer', to: 'operator' },
      },
    ]);
  });

  it('removes security events after their retention, many in batches, and keeps younger ones', async () => {
    await database.query(
      `insert into identity.security_events (type, principal, at)
       select 'login.failed', 'old', now() - interval '366 days' from generate_series(1, 12000)
       union all select 'login.failed', 'young', now() - interval '364 days'`,
    );
    await app.get(CleanUpSecurityEvents).execute();
    const left = await database.query(
      `select principal, count(*) from identity.security_events where principal in ('old', 'young') group by principal`,
    );
    expect(left).toEqual([{ principal: 'young', count: 1 }]);
  });

  it('does not keep a private key that somebody gives out for the public one', async () => {
    const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
    await expect(
      app
        .get(Transactions)
        .run(async (tx) =>
          tx.query('insert into identity.signing_keys (kid, public_jwk, encrypted_private_key) values ($1, $2, $3)', [
            'leaked',
            JSON.stringify(await exportJWK(privateKey)),
            Buffer.from('x'),
          ]),
        ),
    ).rejects.toThrow(/check constraint/);
  });
});
