// Runs one server (argument 1, JSON) for as long as its own standard input stays open, so that the server never outlives the
// process that wanted it, not even after `kill -9`: the kernel closes the pipe then. A line on the input asks for an orderly stop.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const { command, args, user, orderlyStop, abandonedStop, remove } = JSON.parse(process.argv[2] ?? '');

const server = spawn(command, args, { ...user, cwd: '/', stdio: ['ignore', 'inherit', 'inherit'] });
let stopping = false;

server.once('error', (error) => {
  process.stderr.write(`${command}: ${error.message}\n`);
  leave(127);
});
server.once('exit', (code) => leave(code ?? 1));

process.stdin.on('data', () => void stop(orderlyStop));
process.stdin.on('end', () => void stop(abandonedStop));
process.stdin.on('error', () => void stop(abandonedStop));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(orderlyStop));

/** Sends the signals one after the other, each with its time to work, and SIGKILL when none did. */
async function stop(signals) {
  if (stopping) return;
  stopping = true;
  for (const [signal, waitMs] of signals) {
    server.kill(signal);
    await sleep(waitMs);
  }
  server.kill('SIGKILL');
}

function leave(code) {
  // A server that ended by itself, e.g. because its port was taken, is started again by its owner on the same folders.
  if (stopping) for (const path of remove) rmSync(path, { recursive: true, force: true });
  process.exit(code);
}
