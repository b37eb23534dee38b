import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { startPostgres } from './embedded-postgres.mjs';
import { ROOT } from './environment.mjs';
import { ensureBuilt, ensureInstalled } from './prepare.mjs';
import { Stopped } from './problem.mjs';
import { exitCode, runToEnd } from './processes.mjs';
import { createProgress } from './progress.mjs';
import { listenForStop } from './stop-request.mjs';
import { startRedis } from './test-redis.mjs';

const HELP = ['--help', '-h'];

/**
 * Starts the servers, compiles `test/bench` beside the product and runs it. The Postgres is the one of `npm start`, with the
 * same durable settings; its data lies in the project and not in the folder for temporary files, which may be in memory.
 * `--data <folder>` keeps it for the next run.
 */
export async function runBench(args) {
  const { signal } = listenForStop({ onHurry: () => {} });
  const progress = createProgress((text) => process.stderr.write(`${text}\n`));
  const servers = [];
  try {
    await ensureInstalled({ progress, signal });
    await ensureBuilt({ progress, signal });
    const bench = await compileBench({ progress, signal });
    if (args.some((arg) => HELP.includes(arg))) return await run(bench, args, {}, signal);
    const data = dataFolder(args);
    const postgres = await startPostgres({ dataDir: data.path, durable: true, signal, log: progress.line });
    servers.push(() => postgres.stop().then(data.remove));
    const redis = await startRedis({ dir: mkdtempSync(join(tmpdir(), 'order-fulfillment-bench-redis-')) });
    if (redis) servers.push(() => redis.stop());
    const environment = { BENCH_POSTGRES_URL: postgres.url, BENCH_POSTGRES_LOG: join(data.path, 'postgres.log') };
    return await run(bench, args, redis ? { ...environment, BENCH_REDIS_URL: redis.url } : environment, signal);
  } catch (error) {
    if (error instanceof Stopped) return 130;
    throw error;
  } finally {
    for (const stop of servers.reverse()) await stop();
  }
}

async function compileBench({ progress, signal }) {
  const require = createRequire(import.meta.url);
  const swc = join(dirname(require.resolve('@swc/cli/package.json')), 'bin/swc.js');
  const args = [swc, 'test/bench', '-d', 'dist', '--config-file', '.swcrc', '--quiet'];
  const code = await runToEnd(process.execPath, args, { cwd: ROOT, signal, onLine: progress.line });
  if (code !== 0) throw new Error('test/bench does not compile: see the lines above.');
  return join(ROOT, 'dist/test/bench/main.js');
}

function dataFolder(args) {
  const at = args.indexOf('--data');
  if (at >= 0 && args[at + 1]) {
    const path = resolve(args[at + 1]);
    mkdirSync(path, { recursive: true });
    return { path, remove: () => {} };
  }
  mkdirSync(join(ROOT, '.data'), { recursive: true });
  const path = mkdtempSync(join(ROOT, '.data/bench-'));
  chmodSync(path, 0o711); // as root, Postgres runs as another user
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

// Detached: a Ctrl-C in the terminal comes here, and this process says when the other one stops.
function run(main, args, environment, signal) {
  signal.throwIfAborted();
  const child = spawn(process.execPath, ['--enable-source-maps', main, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
  });
  signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
  return new Promise((resolveCode, reject) => {
    child.once('error', reject);
    child.once('exit', (code, killedBy) => resolveCode(exitCode(code, killedBy)));
  });
}
