import { z } from 'zod';
import { environmentSchema } from './environment';
import { InvalidEnvironmentError, loadConfig } from './load-config';

const DATABASE_URL = 'postgres://shop:secret@db.example:5432/shop';
const ELSEWHERE = 'postgres://shop:secret@other.example:5432/shop';

const PRODUCTION = {
  NODE_ENV: 'production',
  SECRET_KEY: 'Kq3vX8pZ0sLw7TfRmB2nYd5hJc9gAe1u',
  ALLOWED_HOSTS: 'shop.example.com',
};

const problemsOf = (source: Record<string, string>): string[] => {
  try {
    loadConfig(source);
    return [];
  } catch (error) {
    if (error instanceof InvalidEnvironmentError) return error.problems;
    throw error;
  }
};

describe('the environment', () => {
  it('needs nothing but a database and has defaults for the rest', () => {
    expect(loadConfig({ DATABASE_URL })).toMatchObject({
      PORT: 8000,
      databaseUrl: DATABASE_URL,
      STALE_PENDING_MINUTES: 5,
      STALE_PROCESSING_MINUTES: 10,
      STALE_SHIPPED_MINUTES: 60,
      SIMULATED_DELAY_MS_MIN: 1000,
      SIMULATED_DELAY_MS_MAX: 5000,
      SIMULATED_FAILURE_RATE_SHIPPING: 0,
    });
  });

  it('takes the database in parts, with characters that a URL would trip over', () => {
    const { databaseUrl } = loadConfig({ DB_HOST: 'db', DB_NAME: 'shop', DB_USER: 'me@home', DB_PASSWORD: 'p/w:#?' });
    const url = new URL(databaseUrl);
    expect([url.hostname, url.port, url.pathname]).toEqual(['db', '5432', '/shop']);
    expect([decodeURIComponent(url.username), decodeURIComponent(url.password)]).toEqual(['me@home', 'p/w:#?']);
  });

  it('takes one database for all contexts from whichever variables say so', () => {
    expect(loadConfig({ DATABASE_URL, ORDERS_DATABASE_URL: DATABASE_URL }).databaseUrl).toBe(DATABASE_URL);
    const { databaseUrl, contexts } = loadConfig({
      PRODUCTS_DATABASE_URL: ELSEWHERE,
      INVENTORY_DATABASE_URL: ELSEWHERE,
      ORDERS_DATABASE_URL: ELSEWHERE,
      IDENTITY_DATABASE_URL: ELSEWHERE,
      SIMULATION_DATABASE_URL: ELSEWHERE,
    });
    expect([databaseUrl, contexts]).toEqual([ELSEWHERE, ['products', 'inventory', 'orders', 'identity', 'simulation']]);
  });

  it('refuses contexts of one process in two databases, and says which', () => {
    expect(problemsOf({ DATABASE_URL, INVENTORY_DATABASE_URL: ELSEWHERE })).toEqual([
      expect.stringMatching(/^INVENTORY_DATABASE_URL: must say the same database as PRODUCTS_DATABASE_URL/),
    ]);
    expect(problemsOf({ DATABASE_URL, ORDERS_DATABASE_URL: 'localhost' })).toEqual([
      expect.stringMatching(/^ORDERS_DATABASE_URL: must look like postgres:/),
    ]);
  });

  it('gives a process of one context the database of that one', () => {
    const source = { DATABASE_URL, ORDERS_DATABASE_URL: ELSEWHERE };
    expect(loadConfig(source, { contexts: ['orders'] }).databaseUrl).toBe(ELSEWHERE);
    expect(loadConfig(source, { contexts: ['products', 'inventory'] }).databaseUrl).toBe(DATABASE_URL);
  });

  it.each([
    [{ DB_QUERY_TIMEOUT_MS: '30000' }, true],
    [{ DB_STATEMENT_TIMEOUT_MS: '0' }, true],
    [{ DB_STATEMENT_TIMEOUT_MS: '0', DB_QUERY_TIMEOUT_MS: '0' }, false],
  ])('does not give up a server that is still at work: %o', (timeouts, isRefused) => {
    const problems = problemsOf({ DATABASE_URL, ...timeouts });
    expect(problems.some((problem) => problem.startsWith('DB_QUERY_TIMEOUT_MS:'))).toBe(isRefused);
  });

  it('says every problem at once', () => {
    expect(
      problemsOf({ PORT: 'eighty', SIMULATED_FAILURE_RATE_DELIVERY: '2', REDIS_URL: 'localhost', DATABASE_URL }),
    ).toEqual([
      expect.stringMatching(/^PORT: /),
      expect.stringMatching(/^REDIS_URL: must look like redis:/),
      expect.stringMatching(/^SIMULATED_FAILURE_RATE_DELIVERY: /),
    ]);
  });

  it('is open on a laptop, lets nobody in without a credential in production, and does not start open there', () => {
    const production = { ...PRODUCTION, DATABASE_URL };
    expect([
      loadConfig({ DATABASE_URL }).authMode,
      loadConfig({ DATABASE_URL, AUTH_MODE: 'required' }).authMode,
      loadConfig(production).authMode,
    ]).toEqual(['open', 'required', 'required']);
    expect(problemsOf({ ...production, AUTH_MODE: 'open' })).toEqual([
      expect.stringMatching(/^AUTH_MODE: must not be open in production/),
    ]);
    expect(problemsOf({ DATABASE_URL, AUTH_MODE: 'off' })).toEqual([expect.stringMatching(/^AUTH_MODE: /)]);
  });

  it('needs a database and, in production, a secret', () => {
    expect(problemsOf({ NODE_ENV: 'production' })).toEqual([
      expect.stringMatching(/^DATABASE_URL: is required/),
      expect.stringMatching(/^SECRET_KEY: is required in production: set a random one/),
      expect.stringMatching(/^ALLOWED_HOSTS: is required in production: the names/),
    ]);
    expect(loadConfig({ ...PRODUCTION, DATABASE_URL })).toMatchObject({
      rateLimits: {
        anonymous: { requests: 100, windowSeconds: 3600 },
        user: { requests: 1000, windowSeconds: 3600 },
        login: { requests: 50, windowSeconds: 3600 },
        registration: { requests: 20, windowSeconds: 3600 },
      },
      enableApiDocs: false,
    });
  });

  it.each([
    ['short', 'SECRET_KEY: must have at least 16 characters'],
    ['Kq3vX8pZ0sLw7TfRmB2nYd5hJc9gAe1', 'SECRET_KEY: must have at least 32 characters in production'],
    ['abcabcabcabcabcabcabcabcabcabcabcabc', 'SECRET_KEY: must have at least 10 different characters in production'],
    ['change-me-Kq3vX8pZ0sLw7TfRmB2nYd5hJc9', 'SECRET_KEY: must not contain "change-me" in production'],
  ])('takes no secret for production that can be guessed: %s', (SECRET_KEY, problem) => {
    expect(problemsOf({ ...PRODUCTION, DATABASE_URL, SECRET_KEY })).toEqual([expect.stringContaining(problem)]);
  });

  it('limits nothing and shows its documents outside of production, unless it is told to', () => {
    expect(loadConfig({ DATABASE_URL })).toMatchObject({
      rateLimits: { anonymous: undefined, user: undefined, login: undefined, registration: undefined },
      enableApiDocs: true,
      trustedProxies: undefined,
    });
    expect(
      loadConfig({
        DATABASE_URL,
        API_ANON_RATE_LIMIT: '5/second',
        API_USER_RATE_LIMIT: '7/day',
        LOGIN_RATE_LIMIT: '9/minute',
        REGISTRATION_RATE_LIMIT: '3/day',
        ENABLE_API_DOCS: 'false',
        TRUST_PROXY: 'loopback, 10.0.0.0/8,2001:db8::1',
      }),
    ).toMatchObject({
      rateLimits: {
        anonymous: { requests: 5, windowSeconds: 1 },
        user: { requests: 7, windowSeconds: 86_400 },
        login: { requests: 9, windowSeconds: 60 },
        registration: { requests: 3, windowSeconds: 86_400 },
      },
      enableApiDocs: false,
      trustedProxies: ['loopback', '10.0.0.0/8', '2001:db8::1'],
    });
  });

  it.each(['0.0.0.0/0', '::/0', 'true', '1', '*', '10.0.0.0/33', '10.0.0.0/8,', 'proxy.example.com'])(
    'trusts no proxies by %s, which would be everybody or nobody',
    (TRUST_PROXY) => {
      expect(problemsOf({ DATABASE_URL, TRUST_PROXY })).toEqual([
        expect.stringMatching(/^TRUST_PROXY: must be addresses or networks of proxies/),
      ]);
    },
  );

  it.each(['0/hour', '1.5/hour', '100', '100/week', '100/hours', '1000000001/day', 'none'])(
    'takes %s for no rate',
    (API_ANON_RATE_LIMIT) => {
      expect(problemsOf({ DATABASE_URL, API_ANON_RATE_LIMIT })).toEqual([
        'API_ANON_RATE_LIMIT: must be `off` or a number of requests in a second, minute, hour or day, such as 100/hour',
      ]);
    },
  );

  it.each(['*', 'https://shop.example.com', 'shop.example.com:8000', 'shop.example.com/', 'a,,b', '.example.com'])(
    'takes %s for no host that a client could name',
    (ALLOWED_HOSTS) => {
      expect(problemsOf({ DATABASE_URL, ALLOWED_HOSTS })).toEqual([
        expect.stringMatching(/^ALLOWED_HOSTS: must be names/),
      ]);
    },
  );

  it('refuses a shortest delay above the longest', () => {
    expect(problemsOf({ DATABASE_URL, SIMULATED_DELAY_MS_MIN: '9000' })).toEqual([
      expect.stringMatching(/SIMULATED_DELAY_MS_MIN/),
    ]);
  });

  it('refuses delays that the sweep would take for standstill', () => {
    expect(problemsOf({ DATABASE_URL, SIMULATED_DELAY_MS_MAX: '300000' })).toEqual([
      expect.stringMatching(/^SIMULATED_DELAY_MS_MAX/),
    ]);
  });

  it('takes an empty value for not set', () => {
    const config = loadConfig({ DATABASE_URL, REDIS_URL: '', PORT: '' });
    expect([config.PORT, config.REDIS_URL]).toEqual([8000, undefined]);
  });

  it('says what is wrong between variables beside what is wrong with others', () => {
    expect(problemsOf({ PORT: 'eighty', SIMULATED_DELAY_MS_MIN: '9000', SHUTDOWN_DRAIN_MS: '9000' })).toEqual([
      'PORT: must be a number',
      expect.stringMatching(/^DATABASE_URL: is required here/),
      expect.stringMatching(/^SIMULATED_DELAY_MS_MIN: /),
      expect.stringMatching(/^SHUTDOWN_DRAIN_MS: /),
    ]);
  });

  it('takes a foreign issuer whole or not at all', () => {
    const whole = { OIDC_ISSUER: 'https://login.example', OIDC_AUDIENCE: 'shop', OIDC_ROLES: 'admins:admin' };
    expect(loadConfig({ DATABASE_URL }).foreignIssuer).toBeUndefined();
    expect(loadConfig({ DATABASE_URL, ...whole }).foreignIssuer).toEqual({
      issuer: 'https://login.example',
      audience: 'shop',
      roleClaim: 'roles',
      roles: [{ value: 'admins', role: 'admin' }],
    });
    for (const name of Object.keys(whole))
      expect(problemsOf({ DATABASE_URL, ...whole, [name]: '' })).toEqual([
        `${name}: is required when another variable of the issuer is set`,
      ]);
  });

  const bounds = z.toJSONSchema(environmentSchema, { io: 'output' }).properties as Record<
    string,
    { maximum?: number; maxLength?: number; enum?: string[] }
  >;

  /** Settings that are no free text, with as many characters. */
  const OF_LENGTH: Readonly<Record<string, (length: number) => string>> = {
    LISTEN_ADDRESS: (length) => '255.255.255.255'.padStart(length, '0000:0000:0000:0000:0000:ffff:'),
    TRUST_PROXY: (length) => '1.1.1.1'.padStart(length, ' '),
    OIDC_ISSUER: (length) => 'https://'.padEnd(length, 'x'),
    OIDC_ROLES: (length) => ':admin'.padStart(length, 'x'),
    API_ANON_RATE_LIMIT: (length) => '1/hour'.padStart(length, '0'),
    API_USER_RATE_LIMIT: (length) => '1/hour'.padStart(length, '0'),
    LOGIN_RATE_LIMIT: (length) => '1/hour'.padStart(length, '0'),
    REGISTRATION_RATE_LIMIT: (length) => '1/hour'.padStart(length, '0'),
  };

  /** A value at the upper bound of a setting, values beyond it, and what is said of these. */
  function upperBound(name: string): [atBound: string, beyond: string[], sentence: string] {
    const { maximum, maxLength, enum: choices } = bounds[name]!;
    if (choices) return [choices.at(-1)!, ['another'], `${name}: must be one of: ${choices.join(', ')}`];
    if (maximum !== undefined)
      return [String(maximum), [String(maximum + 1), '1e300'], `${name}: must be at most ${maximum}`];
    if (maxLength === undefined) throw new Error(`${name} has no upper bound.`);
    const url = name === 'REDIS_URL' ? 'redis://h/' : name.endsWith('_URL') ? 'postgres://h/' : undefined;
    const start = url ?? (name === 'CORS_ORIGINS' ? 'https://' : '');
    const ofLength = (length: number) => OF_LENGTH[name]?.(length) ?? start.padEnd(length, 'x');
    const [atBound, beyond] = [ofLength(maxLength), ofLength(maxLength + 1)];
    return [atBound, [beyond], url ? `${name}: must look like ` : `${name}: must have at most ${maxLength} characters`];
  }

  it.each(Object.keys(environmentSchema.shape))('takes %s up to its upper bound and no further', (name) => {
    const [atBound, beyond, sentence] = upperBound(name);
    expect(environmentSchema.shape[name as keyof typeof environmentSchema.shape].safeParse(atBound).success).toBe(true);
    for (const value of beyond)
      expect(problemsOf({ DATABASE_URL, [name]: value }).some((problem) => problem.startsWith(sentence))).toBe(true);
  });

  it('lets no timer be longer than a timer holds', () => {
    const timers = Object.entries(bounds).filter(([name]) => name.includes('_MS'));
    expect(timers.length).toBeGreaterThan(10);
    for (const [, { maximum }] of timers) expect(maximum).toBeLessThanOrEqual(2 ** 31 - 1);
  });

  it.each(['shop.example.com', 'https://shop.example.com/', 'https://a.example.com,', '*'])(
    'refuses %s as an origin, for no browser sends it',
    (origins) => {
      expect(problemsOf({ DATABASE_URL, CORS_ORIGINS: origins })).toEqual([
        'CORS_ORIGINS: must be origins such as https://shop.example.com, with commas between them',
      ]);
    },
  );
});
