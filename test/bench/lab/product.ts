import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startChild, stopChild } from './child-process';

const ROOT = join(__dirname, '../../../..');
export const ARTIFACTS = join(ROOT, 'artifacts/bench');
const READY_WITHIN_MS = 30_000;
const SECRET_KEY = randomBytes(24).toString('base64url');

export type AppName = 'api' | 'worker';

const PORT_VARIABLE = { api: 'PORT', worker: 'WORKER_PORT' } as const;

/** A process of the product, just as `npm run start:api` and `start:worker` start it. */
export interface Running {
  name: string;
  port: number;
  pid: number;
  stop: () => Promise<void>;
}

export interface ProductOptions {
  databaseUrl: string;
  /** Queues on this Redis; without it, on the database. */
  redisUrl?: string;
  /** Folder for a CPU profile of the process, written when it ends. */
  profileDir?: string;
  /** Of each client; not given: none. */
  rateLimit?: string;
}

/** Starts a compiled app in production, configured with nothing but where its servers are and no simulated delays. */
export async function startProduct(app: AppName, options: ProductOptions): Promise<Running> {
  const port = await freePort();
  // As a deployment would: log lines go to a file.
  const log = openLog(app);
  const child = startChild(join(ROOT, `dist/apps/${app}/src/main.js`), [], {
    execArgv: [...serviceFlags(), ...profiling(options.profileDir)],
    env: {
      PATH: process.env.PATH,
      ...productEnvironment(options),
      [PORT_VARIABLE[app]]: String(port),
    },
    stdio: ['ignore', log.fd, log.fd, 'ipc'],
  });
  log.close();
  const running = { name: app, port, pid: child.pid!, stop: () => stopChild(child) };
  await untilReady(child, `http://127.0.0.1:${port}/health/ready`, log.path);
  if (options.profileDir) noteReady(options.profileDir);
  return running;
}

/** How every deployment runs the services. */
function serviceFlags(): string[] {
  return JSON.parse(readFileSync(join(ROOT, 'scripts/lib/service-flags.json'), 'utf8')) as string[];
}

/** File beside a profile: when its process was ready, on the clock of the profile. */
export const READY_AT = 'ready-at';

function noteReady(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, READY_AT), String(process.hrtime.bigint() / 1000n));
}

/** Runs a command of the product's command line to its end. */
export async function runCli(args: readonly string[], options: ProductOptions): Promise<void> {
  const log = openLog('cli');
  const child = startChild(join(ROOT, 'dist/apps/cli/src/main.js'), args, {
    env: { PATH: process.env.PATH, ...productEnvironment(options) },
    stdio: ['ignore', log.fd, log.fd, 'ipc'],
  });
  log.close();
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`cli ${args.join(' ')} ended with ${code}:\n${lastLines(log.path)}`);
}

export function productEnvironment({
  databaseUrl,
  redisUrl,
  rateLimit = 'off',
}: ProductOptions): Record<string, string> {
  return {
    // Production lets nobody in without a credential, and orders are placed here as on a laptop.
    NODE_ENV: 'development',
    LOG_FORMAT: 'json',
    SECRET_KEY,
    ALLOWED_HOSTS: '127.0.0.1,localhost',
    // What is measured is the product, not how it refuses: no limit is reached.
    API_ANON_RATE_LIMIT: rateLimit,
    API_USER_RATE_LIMIT: rateLimit,
    DATABASE_URL: databaseUrl,
    SIMULATED_DELAY_MS_MIN: '0',
    SIMULATED_DELAY_MS_MAX: '0',
    ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function openLog(name: string) {
  const folder = join(ARTIFACTS, 'logs');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.log`);
  // Emptied by each start: an hour of request lines fills a disk.
  const fd = openSync(path, 'w');
  return { path, fd, close: () => closeSync(fd) };
}

const profiling = (folder?: string) => (folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : []);

async function untilReady(child: ChildProcess, url: string, log: string): Promise<void> {
  for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until; await wait(20)) {
    if (child.exitCode !== null) break;
    const answer = await fetch(url).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
  }
  throw new Error(`${url} did not become ready:\n${lastLines(log)}`);
}

const lastLines = (path: string) => readFileSync(path, 'utf8').split('\n').slice(-20).join('\n');
