import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const KEEPER = fileURLToPath(new URL('keeper.mjs', import.meta.url));

/**
 * Starts a server under a keeper: it ends when `stop()` is called and when this process dies, however that happens.
 *
 * `orderlyStop` and `abandonedStop` are lists of `[signal, waitMs]`; the second is used when this process died. `remove` lists
 * folders that the keeper deletes after such a stop. Output goes to `logFile`. `exited` resolves to the exit code.
 *
 * @param {{ command: string, args: string[], user?: { uid?: number, gid?: number }, orderlyStop: unknown[][], abandonedStop: unknown[][], remove?: string[], logFile: string }} server
 */
export function startKeptServer({ command, args, user = {}, orderlyStop, abandonedStop, remove = [], logFile }) {
  const specification = JSON.stringify({ command, args, user, orderlyStop, abandonedStop, remove });
  const output = openSync(logFile, 'a', 0o600);
  // Detached: a Ctrl-C in the terminal goes to the whole process group, and this process decides when its servers stop.
  const keeper = spawn(process.execPath, [KEEPER, specification], {
    detached: true,
    cwd: '/',
    stdio: ['pipe', output, output],
  });
  const input = /** @type {import('node:net').Socket} */ (keeper.stdin); // a pipe
  closeSync(output);
  input.on('error', () => {}); // the keeper is gone: `exited` tells
  // A program that forgets to stop its server must still be able to end; the keeper sees that.
  keeper.unref();
  input.unref();

  /** @type {number | undefined} */
  let exitCode;
  /** @type {Promise<number>} */
  const exited = new Promise((resolve) => {
    keeper.once('exit', (code) => resolve((exitCode = code ?? 1)));
    keeper.once('error', () => resolve((exitCode = 127)));
  });
  const stop = () => {
    keeper.ref();
    if (!input.writableEnded) input.end('stop\n');
    return exited;
  };
  return {
    get exitCode() {
      return exitCode;
    },
    exited,
    stop,
  };
}
