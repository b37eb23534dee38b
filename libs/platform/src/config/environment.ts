import { z } from 'zod';
import { hostsOf, isHostList, isIpAddress, isProxyList, proxiesOf } from './addresses';
import { isRateLimit, type RateLimit, rateLimitOf } from './rate-limit';
import { whatIsWeak } from './secret-strength';
import { issueSentence } from '../errors/issue-sentence';

/** A timer of Node holds no more, 24.8 days: a longer one would fire at once. It is the most that Postgres takes as well. */
const TIMER_MS_MAX = 2 ** 31 - 1;
const YEAR_MINUTES = 365 * 24 * 60;
const DECADE_DAYS = 3650;
const TEXT_MAX = 4096;

const port = (fallback: number) => z.coerce.number().int().min(1).max(65_535).default(fallback);
const count = (fallback: number, max: number) => z.coerce.number().int().min(1).max(max).default(fallback);
const milliseconds = (fallback: number) => z.coerce.number().int().min(0).max(TIMER_MS_MAX).default(fallback);
const minutes = (fallback: number) => z.coerce.number().positive().max(YEAR_MINUTES).default(fallback);
const rate = () => z.coerce.number().min(0).max(1).default(0);
const text = (max = TEXT_MAX) => z.string().min(1).max(max);
const postgresUrl = () =>
  z
    .url({ protocol: /^postgres(ql)?$/, error: 'must look like postgres://user:password@host:5432/name' })
    .max(TEXT_MAX)
    .optional();
const rateLimit = () =>
  z
    .string()
    .max(32)
    .refine(isRateLimit, 'Must be `off` or a number of requests in a second, minute, hour or day, such as 100/hour.');

/** Used only outside production, where `SECRET_KEY` is required. */
const DEVELOPMENT_SECRET = 'development-only-secret';

/**
 * Every variable that the processes read, in the order in which README.md and .env.example show them.
 * The descriptions are the documentation: `npm run generate` writes them out, a spec compares.
 */
export const environmentSchema = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'])
    .default('development')
    .describe('`production` requires a strong `SECRET_KEY` and `ALLOWED_HOSTS`, and logs JSON'),
  PORT: port(8000).describe('HTTP port of the API'),
  LISTEN_ADDRESS: z
    .string()
    .max(45)
    .refine(isIpAddress, 'Must be an IP address, such as 127.0.0.1 behind a proxy on the same machine.')
    .default('0.0.0.0')
    .describe('address of this machine on which the API listens; `127.0.0.1`: reached from this machine only'),
  WORKER_PORT: port(8001).describe('health and metrics of the worker'),
  SCHEDULER_PORT: port(8002).describe('health and metrics of the scheduler'),
  DATA_DIR: text().default('.data').describe('where `npm start` keeps the embedded Postgres'),
  DATABASE_URL: postgresUrl().describe(
    'Postgres; when neither it nor `DB_HOST` is set, `npm start` runs an embedded one',
  ),
  DB_HOST: text(253).optional().describe('used with the four below when `DATABASE_URL` is not set'),
  DB_PORT: port(5432).describe('port of `DB_HOST`'),
  DB_NAME: text(63).default('orders').describe('database on `DB_HOST`'),
  DB_USER: text(63).default('postgres').describe('user on `DB_HOST`'),
  DB_PASSWORD: text().optional().describe('password on `DB_HOST`'),
  DB_POOL_SIZE: count(10, 1000).describe('connections per process'),
  DB_CONNECT_TIMEOUT_MS: milliseconds(3000).describe('wait for a free connection before answering 503'),
  DB_LOCK_TIMEOUT_MS: milliseconds(5000).describe('wait for a row lock before the batch is retried'),
  DB_STATEMENT_TIMEOUT_MS: milliseconds(30_000).describe('longest statement'),
  DB_QUERY_TIMEOUT_MS: milliseconds(35_000).describe(
    'a connection that does not answer a statement for so long is given up; 0: wait for ever',
  ),
  DB_IDLE_IN_TRANSACTION_TIMEOUT_MS: milliseconds(15_000).describe('an abandoned transaction is ended after this'),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/, error: 'must look like redis://host:6379' })
    .max(TEXT_MAX)
    .optional()
    .describe("queues on Redis; not set: on BullMQ's Postgres backend in the same database"),
  SECRET_KEY: z
    .string()
    .min(16)
    .max(TEXT_MAX)
    .optional()
    .describe(
      'signs list cursors; production requires a random one of at least 32 characters, elsewhere the API warns without one',
    ),
  ALLOWED_HOSTS: text()
    .refine(isHostList, 'Must be names such as shop.example.com, without scheme and port, with commas between them.')
    .optional()
    .describe(
      'comma-separated host names that are answered; required in production, elsewhere all are when it is not set',
    ),
  TRUST_PROXY: text()
    .refine(
      isProxyList,
      'Must be addresses or networks of proxies, such as loopback or 10.0.0.0/8, with commas between them; not all addresses.',
    )
    .optional()
    .describe(
      'comma-separated addresses and networks (`loopback`, `linklocal`, `uniquelocal`) of proxies whose `X-Forwarded-…` headers ' +
        'say who the client is; not set: none',
    ),
  CORS_ORIGINS: text()
    .refine(
      (list) => originsOf(list).every(isOrigin),
      'Must be origins such as https://shop.example.com, with commas between them.',
    )
    .optional()
    .describe('comma-separated origins whose pages may call the API from a browser; not set: none'),
  API_ANON_RATE_LIMIT: rateLimit()
    .optional()
    .describe(
      'requests without a credential from one address, such as `100/hour` or `off`; not set: `100/hour` in production, else `off`',
    ),
  API_USER_RATE_LIMIT: rateLimit()
    .optional()
    .describe('requests of one user or API key; not set: `1000/hour` in production, else `off`'),
  ENABLE_API_DOCS: z
    .enum(['true', 'false'])
    .optional()
    .describe('`/swagger/`, `/redoc/` and their documents; not set: `false` in production, else `true`'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('least level that is logged'),
  LOG_FORMAT: z.enum(['json', 'pretty']).optional().describe('not set: pretty on a terminal, JSON elsewhere'),
  SIMULATED_DELAY_MS_MIN: milliseconds(1000).describe('shortest simulated fulfillment step'),
  SIMULATED_DELAY_MS_MAX: milliseconds(5000).describe('longest simulated fulfillment step'),
  SIMULATED_FAILURE_RATE_PROCESSING: rate().describe('share of orders that fail at picking, 0 to 1'),
  SIMULATED_FAILURE_RATE_SHIPPING: rate().describe('share of orders that fail at hand-over, 0 to 1'),
  SIMULATED_FAILURE_RATE_DELIVERY: rate().describe('share of orders that fail at delivery, 0 to 1'),
  SIMULATION_SEED: text().default('1').describe('same seed and order id: same delays and failures'),
  SIMULATION_USERS_URL: postgresUrl().describe(
    'database of the insertion simulation for its users; not set: `users_db` on the server of `DATABASE_URL`',
  ),
  SIMULATION_PRODUCTS_URL: postgresUrl().describe('the same for its products; not set: `products_db`'),
  SIMULATION_ORDERS_URL: postgresUrl().describe('the same for its orders; not set: `orders_db`'),
  STALE_PENDING_MINUTES: minutes(5).describe('pending longer than this is put into the queue again'),
  STALE_PROCESSING_MINUTES: minutes(10).describe('processing longer than this is put back to pending'),
  STALE_SHIPPED_MINUTES: minutes(60).describe('shipped longer than this counts as delivered'),
  STALE_PUT_BACKS_MAX: count(3, 1000).describe(
    'put back this many times already: the order fails and its stock is released',
  ),
  PLACEMENT_BATCH_SIZE_MAX: count(200, 10_000).describe('orders committed together at most'),
  PLACEMENT_WAITING_MAX: count(5000, 1_000_000).describe('orders waiting in the batcher before new ones get 503'),
  READS_WAITING_MAX: count(1000, 1_000_000).describe(
    'requests that only read and wait for a connection before new ones get 503',
  ),
  LARGE_BODIES_BYTES_MAX: count(32 * 1024 * 1024, 2 ** 40).describe(
    'bytes of request bodies of 16 KiB and more that one API process works on at once before new ones get 503',
  ),
  BATCH_ORDERS_WAITING_MAX: count(500_000, 1_000_000_000).describe(
    'orders of stored bulk requests that wait for a worker before new requests get 503',
  ),
  WORKER_CONCURRENCY: count(200, 10_000).describe('jobs that one worker runs at the same time, per queue'),
  WORKER_STALLED_AFTER_MS: count(90_000, TIMER_MS_MAX).describe(
    'a worker through which no job came for so long, times the number of workers, not even a canary, is not ready',
  ),
  QUEUE_LOCK_MS: count(10_000, TIMER_MS_MAX).describe(
    'a job whose worker was killed is taken up again within one and a half times this',
  ),
  OUTBOX_LEASE_MS: count(30_000, TIMER_MS_MAX).describe('an event whose relay was killed is claimed again after this'),
  OUTBOX_RETENTION_HOURS: count(24, 24 * DECADE_DAYS).describe('published outbox rows are removed after this'),
  DEAD_LETTER_RETENTION_DAYS: count(30, DECADE_DAYS).describe('resolved dead letters are removed after this'),
  IDEMPOTENCY_KEY_RETENTION_HOURS: z.coerce
    .number()
    .int()
    .min(24)
    .max(24 * DECADE_DAYS)
    .default(48)
    .describe('how long a key gives the stored reply'),
  HISTORY_RETENTION_DAYS: count(90, DECADE_DAYS).describe('versions superseded longer ago are removed, once a week'),
  STREAM_READERS_MAX: count(1000, 100_000).describe('open event streams per API process before new ones get 503'),
  STREAM_HEARTBEAT_MS: count(15_000, TIMER_MS_MAX).describe('a silent event stream shows this often that it is alive'),
  SHUTDOWN_DRAIN_MS: milliseconds(2000).describe(
    'an API that was told to stop serves on for so long while `/health/ready/` says 503; `npm start` uses 0',
  ),
  SHUTDOWN_DEADLINE_MS: milliseconds(8000).describe('a process that has not closed by then exits anyway'),
});

export type Environment = z.infer<typeof environmentSchema>;

/** The environment, checked, with what follows from several variables together. */
export interface Config extends Environment {
  databaseUrl: string;
  secretKey: string;
  allowedHosts: ReadonlySet<string> | undefined;
  corsOrigins: readonly string[] | undefined;
  /** As Fastify takes them; undefined: nobody's word about a client is taken. */
  trustedProxies: readonly string[] | undefined;
  rateLimits: Readonly<Record<'anonymous' | 'user', RateLimit | undefined>>;
  enableApiDocs: boolean;
  logFormat: 'json' | 'pretty';
}

export interface ConfigNeeds {
  /** False for what can do without one, such as the simulation on SQLite. */
  needsDatabase?: boolean;
}

/** Lists every problem of the environment at once, so that nobody fixes them one boot at a time. */
export class InvalidEnvironmentError extends Error {
  constructor(readonly problems: string[]) {
    super(`The environment is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/**
 * Reads and checks the environment. An empty value counts as not set. Without a database `databaseUrl` is empty, where that is
 * allowed. Throws {@link InvalidEnvironmentError}.
 */
export function loadConfig(
  source: Record<string, string | undefined> = process.env,
  { needsDatabase = true }: ConfigNeeds = {},
): Config {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  // Each by itself: one that is wrong does not hide what is wrong with several of the others together.
  const parsed = Object.entries(environmentSchema.shape).map(
    ([name, schema]) => [name, schema.safeParse(given[name], { error: issueSentence })] as const,
  );
  const wrong = new Set(parsed.filter(([, { success }]) => !success).map(([name]) => name));
  const environment = Object.fromEntries(parsed.map(([name, { data }]) => [name, data])) as Environment;
  const problems = [
    ...parsed.flatMap(([name, { error }]) => (error?.issues ?? []).map(({ message }) => `${name}: ${clause(message)}`)),
    ...(needsDatabase ? databaseProblems(environment, wrong) : []),
    ...crossChecks(environment, wrong),
  ];
  if (problems.length > 0) throw new InvalidEnvironmentError(problems);
  const isProduction = environment.NODE_ENV === 'production';
  return {
    ...environment,
    databaseUrl: environment.DATABASE_URL ?? (environment.DB_HOST ? urlFromParts(environment) : ''),
    secretKey: environment.SECRET_KEY ?? DEVELOPMENT_SECRET,
    allowedHosts: environment.ALLOWED_HOSTS ? new Set(hostsOf(environment.ALLOWED_HOSTS)) : undefined,
    corsOrigins: environment.CORS_ORIGINS ? originsOf(environment.CORS_ORIGINS) : undefined,
    trustedProxies: environment.TRUST_PROXY ? proxiesOf(environment.TRUST_PROXY) : undefined,
    rateLimits: {
      anonymous: rateLimitOf(environment.API_ANON_RATE_LIMIT ?? (isProduction ? '100/hour' : 'off')),
      user: rateLimitOf(environment.API_USER_RATE_LIMIT ?? (isProduction ? '1000/hour' : 'off')),
    },
    enableApiDocs: environment.ENABLE_API_DOCS === undefined ? !isProduction : environment.ENABLE_API_DOCS === 'true',
    logFormat:
      environment.LOG_FORMAT ?? (process.stdout.isTTY && environment.NODE_ENV !== 'production' ? 'pretty' : 'json'),
  };
}

function originsOf(list: string): string[] {
  return list.split(',').map((origin) => origin.trim());
}

/** Scheme, host and port, as browsers send it: nothing behind it, not even a slash. */
function isOrigin(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

/** A sentence, as it stands after the name of a variable. */
function clause(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, '')}`;
}

function databaseProblems(environment: Environment, wrong: ReadonlySet<string>): string[] {
  const isMissing =
    !environment.DATABASE_URL && !environment.DB_HOST && !wrong.has('DATABASE_URL') && !wrong.has('DB_HOST');
  return isMissing ? ['DATABASE_URL: is required here (or DB_HOST …); `npm start` brings a database of its own'] : [];
}

/** What is wrong between variables. One that is `wrong` by itself is undefined, and no comparison with it holds. */
function crossChecks(environment: Environment, wrong: ReadonlySet<string>): string[] {
  const problems: string[] = [];
  if (environment.NODE_ENV === 'production') problems.push(...productionChecks(environment, wrong));
  if (environment.SIMULATED_DELAY_MS_MIN > environment.SIMULATED_DELAY_MS_MAX)
    problems.push('SIMULATED_DELAY_MS_MIN: must not be greater than SIMULATED_DELAY_MS_MAX');
  if (environment.SHUTDOWN_DRAIN_MS >= environment.SHUTDOWN_DEADLINE_MS)
    problems.push('SHUTDOWN_DRAIN_MS: must be less than SHUTDOWN_DEADLINE_MS, or running requests are cut off');
  const { DB_QUERY_TIMEOUT_MS: queryTimeoutMs, DB_STATEMENT_TIMEOUT_MS: statementTimeoutMs } = environment;
  if (queryTimeoutMs > 0 && (statementTimeoutMs === 0 || queryTimeoutMs <= statementTimeoutMs))
    problems.push(
      'DB_QUERY_TIMEOUT_MS: must be greater than DB_STATEMENT_TIMEOUT_MS (0 is for ever), or the client gives up a server that ' +
        'is still at work',
    );
  const shortestDeadlineMs =
    Math.min(
      environment.STALE_PENDING_MINUTES,
      environment.STALE_PROCESSING_MINUTES,
      environment.STALE_SHIPPED_MINUTES,
    ) * 60_000;
  if (environment.SIMULATED_DELAY_MS_MAX >= shortestDeadlineMs)
    problems.push(
      'SIMULATED_DELAY_MS_MAX: must be shorter than every STALE_…_MINUTES, or the sweep takes each order for stale',
    );
  return problems;
}

/** What a server that strangers reach must not lack. */
function productionChecks(environment: Environment, wrong: ReadonlySet<string>): string[] {
  const problems: string[] = [];
  const { SECRET_KEY: secret, ALLOWED_HOSTS: hosts } = environment;
  const weakness = secret === undefined ? 'is required in production' : whatIsWeak(secret);
  if (weakness && !wrong.has('SECRET_KEY'))
    problems.push(`SECRET_KEY: ${weakness}: set a random one, such as \`openssl rand -base64 32\` prints`);
  if (!hosts && !wrong.has('ALLOWED_HOSTS'))
    problems.push('ALLOWED_HOSTS: is required in production: the names under which clients reach the API');
  return problems;
}

function urlFromParts(environment: Environment): string {
  const url = new URL(
    `postgres://${environment.DB_HOST}:${environment.DB_PORT}/${encodeURIComponent(environment.DB_NAME)}`,
  );
  url.username = encodeURIComponent(environment.DB_USER);
  if (environment.DB_PASSWORD) url.password = encodeURIComponent(environment.DB_PASSWORD);
  return url.href;
}
