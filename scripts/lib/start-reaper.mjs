import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { identify } from './processes.mjs';

const REAPER = fileURLToPath(new URL('reaper.mjs', import.meta.url));

/**
 * Starts the process that outlives this one to kill what does not stop by itself. `watch` tells it of a process that leads a
 * group of its own; `stop` resolves when it has ended.
 */
export function startReaper() {
  const reaper = spawn(process.execPath, [REAPER], { detached: true, cwd: '/', stdio: ['pipe', 'ignore', 'ignore'] });
  reaper.stdin.on('error', () => {}); // somebody ended it: everything else still works
  const ended = new Promise((resolve) => reaper.once('close', resolve).once('error', resolve));
  return {
    watch: (pid) => void reaper.stdin.write(`${JSON.stringify(identify(pid))}\n`),
    stop: () => {
      reaper.stdin.end();
      return ended;
    },
  };
}
