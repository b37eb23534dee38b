// Runs one server (argument 1, JSON) for as long as its own standard input stays open, so that the server never outlives the
// process that wanted it, not even after `kill -9`: the kernel closes the pipe then. A line on the input asks for an orderly stop.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

const { command, args, user, orderlyStop, abandonedStop, remove } = JSON.parse(process.argv[2] ?? '');

const server = spawn(command, args, { ...user, cwd: '/', stdio: ['ignore', 'inherit', 'inherit'] });
let stopping = false;

server.once('error', (error) => {
  process.stderr.write(`${command}: ${error.message}\n`);
  leave(127);
});
server.once('exit', (code) => leave(code ?? 1));

process.stdin.on('data', () => stop(orderlyStop));
process.stdin.on('end', () => stop(abandonedStop));
process.stdin.on('error', () => stop(abandonedStop));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(orderlyStop));

/** Sends the signals one after the other, each with its time to work, and SIGKILL when none did. */
function stop([next, ...others]) {
  if (stopping) return;
  stopping = true;
  const send = ([signal, waitMs], rest) => {
    server.kill(signal);
    setTimeout(() => (rest.length > 0 ? send(rest[0], rest.slice(1)) : server.kill('SIGKILL')), waitMs);
  };
  send(next, others);
}

function leave(code) {
  // A server that ended by itself, e.g. because its port was taken, is started again by its owner on the same folders.
  if (stopping) for (const path of remove) rmSync(path, { recursive: true, force: true });
  process.exit(code);
}
