import { z } from 'zod';
import { environmentSchema, InvalidEnvironmentError, loadConfig } from './environment';

const DATABASE_URL = 'postgres://shop:secret@db.example:5432/shop';

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

  it('needs a database and, in production, a secret', () => {
    expect(problemsOf({ NODE_ENV: 'production' })).toEqual([
      expect.stringMatching(/^DATABASE_URL: is required/),
      expect.stringMatching(/^SECRET_KEY: is required in production/),
    ]);
    expect(problemsOf({ NODE_ENV: 'production', DATABASE_URL, SECRET_KEY: 'short' })).toHaveLength(1);
    expect(problemsOf({ NODE_ENV: 'production', DATABASE_URL, SECRET_KEY: 'long enough to be secret' })).toEqual([]);
  });

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

  const bounds = z.toJSONSchema(environmentSchema, { io: 'output' }).properties as Record<
    string,
    { maximum?: number; maxLength?: number; enum?: string[] }
  >;

  /** A value at the upper bound of a setting, values beyond it, and what is said of these. */
  function upperBound(name: string): [atBound: string, beyond: string[], sentence: string] {
    const { maximum, maxLength, enum: choices } = bounds[name]!;
    if (choices) return [choices.at(-1)!, ['another'], `${name}: must be one of: ${choices.join(', ')}`];
    if (maximum !== undefined)
      return [String(maximum), [String(maximum + 1), '1e300'], `${name}: must be at most ${maximum}`];
    if (maxLength === undefined) throw new Error(`${name} has no upper bound.`);
    const url = name === 'REDIS_URL' ? 'redis://h/' : name.endsWith('_URL') ? 'postgres://h/' : undefined;
    const [atBound, beyond] = [maxLength, maxLength + 1].map((length) =>
      (url ?? (name === 'CORS_ORIGINS' ? 'https://' : '')).padEnd(length, 'x'),
    );
    return [
      atBound!,
      [beyond!],
      url ? `${name}: must look like ` : `${name}: must have at most ${maxLength} characters`,
    ];
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
