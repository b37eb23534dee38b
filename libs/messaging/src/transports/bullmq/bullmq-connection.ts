import { type Config, KEEP_ALIVE_AFTER_MS } from '@app/platform';
import {
  assertSchemaCompatibility,
  createPostgresBackend,
  type Job,
  type MinimalJob,
  Queue,
  runMigrations,
  Worker,
} from 'bullmq';
import { Client } from 'pg';

/** Schema of BullMQ's own tables when the queues live in Postgres. */
const SCHEMA = 'bullmq';
const COMMAND_TIMEOUT_MS = 5000;
/**
 * A queue in Postgres need not wait for the disk at each step of each job: it is a copy of what the outbox and the orders say. The
 * log is written in order, so a job that was added is on the disk before the outbox says that it was sent. What a crash of the
 * server can take back is the end of the last steps: those jobs are handed out again, and find their work done.
 */
const NO_WAIT_FOR_DISK = '-c synchronous_commit=off';

/**
 * A job body is finished by its handler, never by BullMQ: our own bound on attempts ends it as a dead letter. These two only
 * keep BullMQ from failing it first (the default lets a job that was in a crashing worker twice vanish into its failed set).
 */
export const BULLMQ_ATTEMPTS = 1_000_000;
const STALLED_COUNT_MAX = 1_000_000;

/** Opens the sending side of a queue. Commands fail fast when the server is away: the outbox keeps what was not sent. */
export function openQueue(name: string, config: Config): Queue {
  if (config.REDIS_URL)
    return new Queue(name, {
      connection: {
        ...redisAddress(config.REDIS_URL),
        commandTimeout: COMMAND_TIMEOUT_MS,
        maxRetriesPerRequest: 1,
        enableOfflineQueue: false,
      },
      streams: { events: { maxLen: 100 } },
    });
  return new Queue(name, { connection: postgresConnection(config, 2) }, createPostgresBackend) as unknown as Queue;
}

interface WorkerPolicy {
  concurrency: number;
  backoffMs: (failures: number, job?: MinimalJob) => number;
}

/** Opens the receiving side of a queue; it starts with `run()`. */
export function openWorker(
  name: string,
  handle: (job: Job) => Promise<void>,
  policy: WorkerPolicy,
  config: Config,
): Worker {
  const options = {
    autorun: false,
    concurrency: policy.concurrency,
    maxStalledCount: STALLED_COUNT_MAX,
    // A job of a killed worker is taken up again after at most lock + check.
    lockDuration: config.QUEUE_LOCK_MS,
    stalledInterval: Math.ceil(config.QUEUE_LOCK_MS / 2),
    removeOnComplete: { count: 0 },
    settings: {
      backoffStrategy: (failures: number, _type?: string, _error?: Error, job?: MinimalJob) =>
        policy.backoffMs(failures, job),
    },
    removeOnFail: { age: 7 * 24 * 3600 },
  };
  if (config.REDIS_URL)
    return new Worker(name, handle, {
      ...options,
      connection: { ...redisAddress(config.REDIS_URL), maxRetriesPerRequest: null },
    });
  return new Worker(
    name,
    handle,
    { ...options, connection: postgresConnection(config, 4) },
    createPostgresBackend,
  ) as unknown as Worker;
}

/** Ends the boot with one sentence when the queues live in Postgres and their tables are not there. */
export async function requireQueueTables(config: Config): Promise<void> {
  if (config.REDIS_URL) return;
  await withClient(config, async (client) => {
    try {
      await assertSchemaCompatibility(client, SCHEMA);
    } catch (error) {
      throw new Error('The database has no queue tables yet. Run "npm run migrate", then start again.', {
        cause: error,
      });
    }
  });
}

/** Creates or updates BullMQ's tables, so that queues work whether or not Redis is configured later. */
export async function migrateQueues(config: Config): Promise<void> {
  await withClient(config, (client) => runMigrations(client, SCHEMA));
}

async function withClient(config: Config, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({
    connectionString: config.databaseUrl,
    application_name: 'order-fulfillment queue',
    connectionTimeoutMillis: config.DB_CONNECT_TIMEOUT_MS,
  });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function postgresConnection(config: Config, max: number) {
  return {
    connectionString: config.databaseUrl,
    max,
    // Once open they stay: others may take what the server has.
    min: max,
    schema: SCHEMA,
    application_name: 'order-fulfillment queue',
    connectionTimeoutMillis: config.DB_CONNECT_TIMEOUT_MS,
    // BullMQ asks its pool, which destroys a connection whose query failed: the driver's own timeout is enough here.
    query_timeout: config.DB_QUERY_TIMEOUT_MS,
    options: NO_WAIT_FOR_DISK,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
  };
}

function redisAddress(url: string) {
  const { hostname, port, username, password, pathname, protocol } = new URL(url);
  return {
    host: hostname,
    port: Number(port || 6379),
    keepAlive: KEEP_ALIVE_AFTER_MS,
    username: decodeURIComponent(username) || undefined,
    password: decodeURIComponent(password) || undefined,
    db: Number(pathname.slice(1) || 0),
    ...(protocol === 'rediss:' ? { tls: {} } : {}),
  };
}
