import { judgementTable } from './judgement-table';
import { judgeSettings, type Verdict } from './judge-settings';

const DATABASE_URL = 'postgres://orders:Kq3vX8pZ0sLw7TfR@db.example:5432/orders?sslmode=verify-full';
const SAFE = {
  NODE_ENV: 'production',
  DATABASE_URL,
  SECRET_KEY: 'Kq3vX8pZ0sLw7TfRmB2nYd5hJc9gAe1u',
  ALLOWED_HOSTS: 'shop.example.com',
  TRUST_PROXY: 'loopback',
  LISTEN_ADDRESS: '127.0.0.1',
};

const verdictsOf = (source: Record<string, string>, deploy = true) =>
  Object.fromEntries(judgeSettings(source, { deploy }).map(({ setting, verdict }) => [setting, verdict]));
const notOk = (verdicts: Record<string, Verdict>) => Object.entries(verdicts).filter(([, verdict]) => verdict !== 'ok');

describe('the settings of a server', () => {
  it('are as they should be', () => {
    expect(notOk(verdictsOf(SAFE))).toEqual([]);
  });

  it.each<[setting: string, verdict: Verdict, given: Record<string, string>]>([
    ['NODE_ENV', 'weak', { NODE_ENV: 'development' }],
    ['SECRET_KEY', 'refused', { SECRET_KEY: '' }],
    ['SECRET_KEY', 'refused', { SECRET_KEY: 'a-secret-of-20-chars' }],
    ['AUTH_MODE', 'refused', { AUTH_MODE: 'open' }],
    ['AUTH_MODE', 'refused', { AUTH_MODE: 'none' }],
    ['ALLOWED_HOSTS', 'refused', { ALLOWED_HOSTS: '' }],
    ['ALLOWED_HOSTS', 'refused', { ALLOWED_HOSTS: '*' }],
    ['OIDC_ISSUER', 'weak', { OIDC_ISSUER: 'http://localhost:8080', OIDC_AUDIENCE: 'shop', OIDC_ROLES: '*:customer' }],
    [
      'OIDC_ROLES',
      'weak',
      { OIDC_ISSUER: 'https://login.example', OIDC_AUDIENCE: 'shop', OIDC_ROLES: 'x:viewer,*:admin' },
    ],
    ['OIDC_AUDIENCE', 'refused', { OIDC_ISSUER: 'https://login.example', OIDC_ROLES: '*:customer' }],
    ['TRUST_PROXY', 'weak', { TRUST_PROXY: '' }],
    ['LISTEN_ADDRESS', 'weak', { LISTEN_ADDRESS: '0.0.0.0' }],
    ['API_ANON_RATE_LIMIT', 'weak', { API_ANON_RATE_LIMIT: 'off' }],
    ['API_USER_RATE_LIMIT', 'weak', { API_USER_RATE_LIMIT: 'off' }],
    ['API_USER_RATE_LIMIT', 'refused', { API_USER_RATE_LIMIT: 'many' }],
    ['LOGIN_RATE_LIMIT', 'weak', { LOGIN_RATE_LIMIT: 'off' }],
    ['REGISTRATION_RATE_LIMIT', 'weak', { REGISTRATION_RATE_LIMIT: 'off' }],
    ['ENABLE_API_DOCS', 'weak', { ENABLE_API_DOCS: 'true' }],
    ['CORS_ORIGINS', 'weak', { CORS_ORIGINS: 'http://shop.example.com' }],
    ['DATABASE_URL', 'weak', { DATABASE_URL: 'postgres://orders:Kq3vX8pZ0sLw7TfR@db.example/orders' }],
    ['DATABASE_URL', 'weak', { DATABASE_URL: 'postgres://orders:short@localhost/orders' }],
    ['DATABASE_URL', 'weak', { DATABASE_URL: 'postgres://orders:development-only@localhost/orders' }],
    ['REDIS_URL', 'weak', { REDIS_URL: 'redis://redis.example:6379' }],
    ['LOG_LEVEL', 'weak', { LOG_LEVEL: 'debug' }],
  ])('are %s: %s with %j, and nothing else', (setting, verdict, given) => {
    expect(notOk(verdictsOf({ ...SAFE, ...given }))).toEqual([[setting, verdict]]);
  });

  it('of a laptop are refused for nothing, and judged as they are', () => {
    const verdicts = verdictsOf({}, false);
    expect(Object.values(verdicts)).not.toContain('refused');
    expect(verdicts).toMatchObject({
      AUTH_MODE: 'weak',
      SECRET_KEY: 'weak',
      LISTEN_ADDRESS: 'weak',
      API_ANON_RATE_LIMIT: 'weak',
    });
  });

  it.each<[mode: string, verdict: Verdict, given: Record<string, string>]>([
    ['open', 'weak', {}],
    ['open', 'weak', { AUTH_MODE: 'open' }],
    ['required', 'ok', { AUTH_MODE: 'required' }],
    ['required', 'ok', { ...SAFE }],
    ['must not be open', 'refused', { ...SAFE, AUTH_MODE: 'open' }],
    // What else is refused hides nothing.
    ['required', 'ok', { ...SAFE, PORT: 'eighty' }],
    ['open', 'weak', { PORT: 'eighty' }],
  ])('let in whoever AUTH_MODE says: %s, %s with %j', (text, verdict, given) => {
    const said = judgeSettings(given).filter(({ setting }) => setting === 'AUTH_MODE');
    expect(said).toEqual([{ setting: 'AUTH_MODE', verdict, message: expect.stringContaining(text) as string }]);
  });

  it('are judged all at once, and no secret is in what is said of them', () => {
    const source = { ...SAFE, PORT: 'eighty', SECRET_KEY: 'hunter2hunter2hunter2', ENABLE_API_DOCS: 'true' };
    const judgements = judgeSettings(source, { deploy: true });
    const table = judgementTable(judgements);
    expect(table).toMatch(/^REFUSED {2}PORT {21}must be a number$/m);
    expect(table).toMatch(/^REFUSED {2}SECRET_KEY .*must have at least 32 characters/m);
    expect(table).toMatch(/^WEAK {5}ENABLE_API_DOCS /m);
    expect(table).toMatch(/^2 of \d+ settings refused, 1 weak\.$/m);
    expect(table).not.toMatch(/hunter2|Kq3vX8pZ0sLw7TfR/);
  });
});
