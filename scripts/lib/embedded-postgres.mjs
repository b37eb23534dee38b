import { readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port.mjs';
import { startKeptServer } from './kept-server.mjs';
import { tryLock } from './lock.mjs';
import { openCluster } from './postgres-cluster.mjs';
import { findPostgresPrograms, postgresUser } from './postgres-programs.mjs';
import { Problem, Stopped } from './problem.mjs';
import { commandOf, sleep } from './processes.mjs';

const READY_WITHIN_MS = 120_000; // after a crash it first replays its log
const FORMER_ENDS_WITHIN_MS = 12_000;
const ATTEMPTS = 20;
const LOG_BYTES_MAX = 10_000_000;

const COMMON = { listen_addresses: '127.0.0.1', unix_socket_directories: '', timezone: 'UTC', log_timezone: 'UTC' };
const DURABLE = { max_connections: 200, fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };
// Nothing of this survives a crash of the machine: for data that is thrown away.
const THROWAWAY = {
  max_connections: 300,
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
};

// Fast shutdown: transactions are rolled back, connections closed, everything is written. SIGQUIT leaves that to the next start.
const FAST = [
  ['SIGINT', 3000],
  ['SIGQUIT', 1000],
];
// When `npm start` was killed, its processes are still finishing their work: "smart" first waits for them to disconnect.
const SMART_THEN_FAST = [['SIGTERM', 5000], ...FAST];
const IMMEDIATE = [['SIGQUIT', 3000]];

/**
 * Starts the Postgres that came with npm on the data in `dataDir` (an existing, writable folder), which is made when there
 * is none. Gives `{ url, port, stop, exited }`; `url` is that of the database `postgres`, with the superuser's password.
 *
 * `durable: false` is for tests: fast, and `removeOnStop` then deletes `dataDir` when the server ends, even if this process
 * was killed. `takeOver` ends a server that is still on the data even though it was not left by a dead process. Throws a `Problem` when the folder is in use or nothing can run here.
 *
 * @param {{ dataDir: string, port?: number, durable: boolean, removeOnStop?: boolean, takeOver?: boolean, signal?: AbortSignal, log: (text: string) => void }} options
 */
export async function startPostgres({ dataDir, port, durable, removeOnStop = false, takeOver = false, signal, log }) {
  const lock = await tryLock(join(dataDir, 'postgres.lock'));
  if (!lock.release) {
    throw new Problem(
      `The database in ${dataDir} is in use by process ${lock.heldBy} (${commandOf(lock.heldBy)}): stop that, or set DATA_DIR to another folder.`,
    );
  }
  try {
    const user = postgresUser();
    const programs = findPostgresPrograms(user, log);
    const cluster = await openCluster({ dataDir, programs, user, durable, signal, log });
    await waitForFormerServer(cluster.path, { mayEnd: takeOver || lock.takenOver, signal, log });
    const remove = removeOnStop ? [cluster.path, dataDir] : [];
    const started = await startServer({ programs, cluster, dataDir, port, durable, remove, signal });
    const exited = started.server.exited.finally(lock.release);
    return { url: started.url, port: started.port, stop: () => (started.server.stop(), exited), exited };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Creates a database on the server of `url` unless it is there, and gives its URL. */
export async function ensureDatabase(url, name) {
  const client = await connect(url);
  try {
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}

/**
 * A server that is still on this data belongs to a run that was killed, and is on its way out: waits for it, then ends it.
 * After a reboot the recorded process id may be that of an innocent process; Postgres would refuse to start because of it.
 */
async function waitForFormerServer(cluster, { mayEnd, signal, log }) {
  const pidFile = join(cluster, 'postmaster.pid');
  const pid = readPid(pidFile);
  if (!pid || !commandOf(pid)) return;
  const isRunning = () => commandOf(pid).includes(`-D ${cluster} `);
  if (!isRunning()) return rmSync(pidFile, { force: true });
  if (!mayEnd)
    throw new Problem(
      `PostgreSQL is already running on ${cluster} as process ${pid}: stop it, or set DATA_DIR to another folder.`,
    );
  log(`The database server of the last run (process ${pid}) is still stopping: waiting for it.`);
  for (const urge of [undefined, 'SIGINT', 'SIGQUIT']) {
    if (urge && isRunning()) process.kill(pid, urge);
    for (const until = Date.now() + FORMER_ENDS_WITHIN_MS; Date.now() < until; await sleep(100, signal))
      if (!isRunning()) return;
  }
  throw new Problem(
    `PostgreSQL process ${pid} on ${cluster} does not stop: end it, or set DATA_DIR to another folder.`,
  );
}

async function startServer({ programs, cluster, dataDir, port, durable, remove, signal }) {
  const logFile = join(dataDir, 'postgres.log');
  if (sizeOf(logFile) > LOG_BYTES_MAX) renameSync(logFile, `${logFile}.1`);
  for (let attempt = 1; ; attempt += 1) {
    const chosenPort = port ?? (await freePort());
    const settings = { ...COMMON, ...(durable ? DURABLE : THROWAWAY), port: chosenPort };
    const logStart = sizeOf(logFile);
    const server = startKeptServer({
      command: join(programs, 'bin/postgres'),
      args: ['-D', cluster.path, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      user: cluster.user,
      orderlyStop: durable ? FAST : IMMEDIATE,
      abandonedStop: durable ? SMART_THEN_FAST : IMMEDIATE,
      remove,
      logFile,
    });
    const url = `postgres://postgres:${cluster.password}@127.0.0.1:${chosenPort}/postgres`;
    if (await isReady(url, server, signal)) return { server, url, port: chosenPort };
    const lines = readFileSync(logFile, 'utf8').slice(logStart);
    // Another program took the port first, or processes of a killed server are still going away.
    const passing = (/Address already in use/.test(lines) && !port) || /shared memory block/.test(lines);
    if (!passing || attempt === ATTEMPTS)
      throw new Problem(`PostgreSQL did not start (${reasonIn(lines)}); its log is ${logFile}.`);
    await sleep(250, signal);
  }
}

async function isReady(url, server, signal) {
  for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until;) {
    if (signal?.aborted) {
      await server.stop();
      throw new Stopped();
    }
    try {
      await (await connect(url)).end();
      return true;
    } catch (error) {
      const refused = /^(28|3D)/.test(error.code); // wrong password, no such database: waiting does not help
      if (refused && server.exitCode === undefined) {
        await server.stop();
        throw new Problem(
          `The database in this data folder is not one of ours (${error.message}): set DATA_DIR to another folder.`,
        );
      }
    }
    if (server.exitCode !== undefined) return false;
    await sleep(30);
  }
  await server.stop();
  return false;
}

// Imported late: `pg` is there only after the dependencies were installed.
async function connect(url) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => {});
  await client.connect();
  return client;
}

function readPid(pidFile) {
  try {
    return Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  } catch {
    return undefined;
  }
}

const sizeOf = (file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

const reasonIn = (lines) =>
  lines.match(/(?:FATAL|PANIC): +(.*)/)?.[1] ?? lines.trim().split('\n').at(-1) ?? 'no message';
