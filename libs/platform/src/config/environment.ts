import { z } from 'zod';
import { isHostList, isIpAddress, isOriginList, isProxyList } from './addresses';
import { isIssuer, ROLE_NAMES, roleMappingOf } from './foreign-issuer';
import { isRateLimit } from './rate-limit';

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
const contextDatabaseUrl = (context: string) =>
  postgresUrl().describe(
    `Postgres of ${context}; not set: \`DATABASE_URL\`. The contexts of one process must have the same`,
  );
const rateLimit = () =>
  z
    .string()
    .max(32)
    .refine(isRateLimit, 'Must be `off` or a number of requests in a second, minute, hour or day, such as 100/hour.');

const AUTH_MODES = ['open', 'required'] as const;

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
  DATA_DIR: text()
    .default('.data')
    .describe('where `npm start` keeps the embedded Postgres, and the simulation its SQLite files'),
  DATABASE_URL: postgresUrl().describe(
    'Postgres; when neither it nor `DB_HOST` is set, `npm start` runs an embedded one',
  ),
  DB_HOST: text(253).optional().describe('used with the four below when `DATABASE_URL` is not set'),
  DB_PORT: port(5432).describe('port of `DB_HOST`'),
  DB_NAME: text(63).default('orders').describe('database on `DB_HOST`'),
  DB_USER: text(63).default('postgres').describe('user on `DB_HOST`'),
  DB_PASSWORD: text().optional().describe('password on `DB_HOST`'),
  PRODUCTS_DATABASE_URL: contextDatabaseUrl('products'),
  INVENTORY_DATABASE_URL: contextDatabaseUrl('inventory'),
  ORDERS_DATABASE_URL: contextDatabaseUrl('orders'),
  IDENTITY_DATABASE_URL: contextDatabaseUrl('identity'),
  SIMULATION_DATABASE_URL: contextDatabaseUrl('the runs of simulations'),
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
      'signs list cursors and sessions, encrypts the keys of access tokens; production requires a random one of at least 32 characters, ' +
        'elsewhere the API warns without one',
    ),
  AUTH_MODE: z
    .enum(AUTH_MODES)
    .optional()
    .describe(
      '`open`: without a credential everything is allowed but accounts, API keys and audit; `required`: nothing is. ' +
        'Not set: `required` in production, where `open` is refused, and `open` elsewhere',
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
    .refine(isOriginList, 'Must be origins such as https://shop.example.com, with commas between them.')
    .optional()
    .describe('comma-separated origins whose pages may call the API from a browser; not set: none'),
  OIDC_ISSUER: text(500)
    .refine(
      isIssuer,
      'Must be the https address that the issuer calls itself, such as https://login.example.com/realms/shop.',
    )
    .optional()
    .describe(
      'OpenID Connect issuer whose tokens are accepted beside our own; needs the next one and `OIDC_ROLES`; not set: none',
    ),
  OIDC_AUDIENCE: text(500).optional().describe('audience that tokens of `OIDC_ISSUER` must be for'),
  OIDC_ROLE_CLAIM: text(200)
    .default('roles')
    .describe('claim of these tokens that says what their users are; a path has dots, such as `realm_access.roles`'),
  OIDC_ROLES: text()
    .refine(
      (list) => roleMappingOf(list) !== undefined,
      `Must be pairs of a value and a role (${ROLE_NAMES.join(', ')}), such as shop-admins:admin,*:customer, with commas between them.`,
    )
    .optional()
    .describe(
      'which value of that claim gives which role; the first pair that fits decides, `*` fits all; without one that fits a token is refused',
    ),
  API_ANON_RATE_LIMIT: rateLimit()
    .optional()
    .describe(
      'requests without a credential from one address, such as `100/hour` or `off`; not set: `100/hour` in production, else `off`',
    ),
  API_USER_RATE_LIMIT: rateLimit()
    .optional()
    .describe('requests of one account, with all its API keys; not set: `1000/hour` in production, else `off`'),
  LOGIN_RATE_LIMIT: rateLimit()
    .optional()
    .describe('logins from one address, right ones as well; not set: `50/hour` in production, else `off`'),
  REGISTRATION_RATE_LIMIT: rateLimit()
    .optional()
    .describe('accounts that one address may ask for; not set: `20/hour` in production, else `off`'),
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
  SECURITY_EVENT_RETENTION_DAYS: count(365, DECADE_DAYS).describe(
    'logins, refused permissions, changed roles and other security events are removed after this',
  ),
  STREAM_READERS_MAX: count(1000, 100_000).describe('open event streams per API process before new ones get 503'),
  STREAM_HEARTBEAT_MS: count(15_000, TIMER_MS_MAX).describe('a silent event stream shows this often that it is alive'),
  SHUTDOWN_DRAIN_MS: milliseconds(2000).describe(
    'an API that was told to stop serves on for so long while `/health/ready/` says 503; `npm start` uses 0',
  ),
  SHUTDOWN_DEADLINE_MS: milliseconds(8000).describe('a process that has not closed by then exits anyway'),
});

export type Environment = z.infer<typeof environmentSchema>;
