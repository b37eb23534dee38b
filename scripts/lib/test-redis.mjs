import { accessSync, constants, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.mjs';
import { startKeptServer } from './kept-server.mjs';
import { Problem } from './problem.mjs';

const READY_WITHIN_MS = 10_000;
const ATTEMPTS = 5;

/**
 * Starts a Redis that keeps nothing, on a free port: `{ url, port, stop, exited }`, or undefined when none is installed. `dir` is
 * deleted at the end. `settings` are further options of redis-server, such as `['--maxmemory', '20mb']`.
 *
 * @param {{ dir: string, settings?: string[] }} options
 */
export async function startRedis({ dir, settings = [] }) {
  const command = findOnPath('redis-server');
  if (!command) {
    rmSync(dir, { recursive: true, force: true });
    return undefined;
  }
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const port = await freePort();
    const persistence = ['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'];
    const server = startKeptServer({
      command,
      args: ['--bind', '127.0.0.1', '--port', String(port), '--dir', dir, ...persistence, ...settings],
      orderlyStop: [['SIGTERM', 2000]],
      abandonedStop: [['SIGTERM', 2000]],
      remove: [dir],
      logFile: join(dir, 'redis.log'),
    });
    if (await answers(port, server))
      return { url: `redis://127.0.0.1:${port}`, port, stop: server.stop, exited: server.exited };
    if (server.exitCode === undefined) await server.stop();
  }
  throw new Problem(`${command} does not start: see ${join(dir, 'redis.log')}.`);
}

function findOnPath(program) {
  // Debian keeps servers in sbin folders, which an ordinary user's PATH may lack.
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), '/usr/local/bin', '/usr/bin', '/usr/sbin']) {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return join(folder, program);
    } catch {
      // not here
    }
  }
  return undefined;
}

async function answers(port, server) {
  for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until && server.exitCode === undefined;) {
    if (await isPonged(port)) return true;
    await sleep(25);
  }
  return false;
}

function isPonged(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(1000, () => socket.destroy());
    socket.once('data', (data) => {
      resolve(data.toString().startsWith('+PONG'));
      socket.destroy();
    });
    socket.once('error', () => {});
    socket.once('close', () => resolve(false));
  });
}
