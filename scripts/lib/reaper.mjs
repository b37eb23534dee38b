// The last resort for `npm start`: gets a line (JSON, from `identify`) for each process that was started, and when its standard
// input ends, that is when the supervisor has ended in whatever way, it kills those that have not stopped by themselves.
import { createInterface } from 'node:readline';
import { isStillRunning, sleep } from './processes.mjs';

const GRACE_MS = 10_000;

const started = [];
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
for await (const line of createInterface({ input: process.stdin })) started.push(JSON.parse(line));

for (const until = Date.now() + GRACE_MS; Date.now() < until && started.some(isStillRunning);) await sleep(200);
for (const identity of started.filter(isStillRunning)) process.kill(-identity.pid, 'SIGKILL');
