import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDatabase, startPostgres } from '../../scripts/lib/embedded-postgres.mjs';
import { ROOT } from '../../scripts/lib/environment.mjs';
import { ensureBuilt } from '../../scripts/lib/prepare.mjs';
import { Problem } from '../../scripts/lib/problem.mjs';
import { runToEnd } from '../../scripts/lib/processes.mjs';
import { createProgress } from '../../scripts/lib/progress.mjs';
import { startRedis } from '../../scripts/lib/test-redis.mjs';

const TEMPLATE = 'template_app';
const EXAMPLE = join(ROOT, '.env.example');
const SETTINGS =
  /^(PORT|WORKER_PORT|SCHEDULER_PORT|DATA_DIR|(\w+_)?DATABASE_URL|DB_\w+|(\w+_)?REDIS_URL|SECRET_KEY|ALLOWED_HOSTS|LOG_(LEVEL|FORMAT)|SIMULAT\w+|STALE_\w+|HISTORY_\w+)$/;

/**
 * Starts what the suites need, on free ports, and tells them in the environment: `TEST_DATABASE_URL` (the superuser on the
 * database `postgres`), `TEST_TEMPLATE` (a migrated database to copy) and `TEST_REDIS_URL` when there is a redis-server.
 * Servers and their folders go away with this process, even if it is killed.
 */
export default async function globalSetup() {
  try {
    forgetSettings();
    globalThis.testServers = await startServers();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    process.stderr.write(`\n${error.message}\n`); // jest would add a stack
    process.exit(1);
  }
}

async function startServers() {
  const log = (text) => process.stderr.write(`${text}\n`);
  await ensureBuilt({ progress: createProgress(log) });
  const folder = (name) => {
    const path = mkdtempSync(join(tmpdir(), `order-fulfillment-test-${name}-`));
    chmodSync(path, 0o711); // as root, Postgres runs as another user
    return path;
  };
  /** @type {{ stop: () => Promise<unknown> }[]} */
  const servers = [];
  const redis = await startRedis({ dir: folder('redis') });
  if (redis) {
    servers.push(redis);
    process.env.TEST_REDIS_URL = redis.url;
  } else if (process.env.REQUIRE_REDIS === '1')
    throw new Problem('REQUIRE_REDIS is 1, but there is no redis-server on PATH: install it.');

  const dataDir = folder('postgres');
  const postgres = await startPostgres({ dataDir, durable: false, removeOnStop: true, log });
  servers.push({ stop: () => postgres.stop().then(() => rmSync(dataDir, { recursive: true, force: true })) });
  process.env.TEST_DATABASE_URL = postgres.url;
  process.env.TEST_TEMPLATE = TEMPLATE;
  await migrate(await ensureDatabase(postgres.url, TEMPLATE));
  return servers;
}

async function migrate(databaseUrl) {
  const lines = [];
  const code = await runToEnd(process.execPath, [join(ROOT, 'dist/apps/cli/src/main.js'), 'migrate'], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: databaseUrl },
    onLine: (line) => lines.push(line),
  });
  if (code !== 0) throw new Problem(`The test database could not be migrated:\n${lines.join('\n')}`);
}

// The settings of whoever runs the tests must not change what they show, and must never lead to that person's data.
function forgetSettings() {
  const documented = existsSync(EXAMPLE) ? readFileSync(EXAMPLE, 'utf8') : '';
  const names = [...documented.matchAll(/^#? ?([A-Z][A-Z0-9_]*)=/gm)]
    .map(([, name]) => name)
    .filter((name) => name !== 'NODE_ENV');
  for (const name of Object.keys(process.env))
    if (SETTINGS.test(name) || names.includes(name)) delete process.env[name];
}
