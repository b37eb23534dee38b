import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { Stopped } from './problem.mjs';

const KILL_AFTER_MS = 5000;

/**
 * Runs a command to its end. Resolves to its exit code (128 + n after a signal); rejects when it cannot be started, and with
 * `Stopped` when `signal` was aborted, but not before the command has ended.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { onLine?: (line: string) => void }} options
 * @returns {Promise<number>}
 */
export function runToEnd(command, args, { signal, onLine, ...options } = {}) {
  if (signal?.aborted) return Promise.reject(new Stopped());
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  for (const output of [child.stdout, child.stderr]) if (output) forEachLine(output, onLine);
  const stop = () => {
    child.kill('SIGTERM');
    void setTimeout(KILL_AFTER_MS, undefined, { ref: false }).then(() => child.kill('SIGKILL'));
  };
  signal?.addEventListener('abort', stop, { once: true });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, killedBy) => {
      signal?.removeEventListener('abort', stop);
      if (signal?.aborted) reject(new Stopped());
      else resolve(exitCode(code, killedBy));
    });
  });
}

/** The exit code as a shell would give it. */
export function exitCode(code, killedBy) {
  const numbers = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };
  return code ?? 128 + (numbers[killedBy] ?? 0);
}

/**
 * Calls back with every line, and with what is left when the stream ends without a line break.
 *
 * @param {import('node:stream').Readable} stream
 * @param {(line: string) => void} onLine
 */
export function forEachLine(stream, onLine = () => {}) {
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', onLine);
}

/** The command line of a running process; empty when there is no such process. */
export function commandOf(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return '';
  try {
    // Not `ps`: small images do not have it.
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

/**
 * Names a process so that it can be recognised later. An id alone is soon that of another process: in a container that is
 * started again, even that of the same command.
 */
export const identify = (pid) => ({ pid, command: commandOf(pid), startedAt: startOf(pid) });

/** Whether the process that `identify` named is still there. */
export function isStillRunning({ pid, command, startedAt }) {
  return Boolean(command) && commandOf(pid) === command && startOf(pid) === startedAt;
}

function startOf(pid) {
  try {
    if (process.platform !== 'linux')
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    // Field 22, in clock ticks since boot. The name in field 2 may itself contain spaces and brackets.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19];
  } catch {
    return undefined;
  }
}

/**
 * Rejects with `Stopped` when the signal is aborted meanwhile.
 *
 * @param {number} ms
 * @param {AbortSignal} [signal]
 */
export async function sleep(ms, signal) {
  await setTimeout(ms, undefined, { signal }).catch(() => {
    throw new Stopped();
  });
}
