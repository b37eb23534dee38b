// Loaded into an API process by `--import`: measures the processor time of each turn of its event loop, and writes the longest to
// TURNS_FILE on SIGUSR2. Processor time, not time: a busy machine makes turns long, but not their work.
import { writeFileSync } from 'node:fs';

let last = process.cpuUsage();
let longestMs = 0;

function turn() {
  const now = process.cpuUsage();
  longestMs = Math.max(longestMs, (now.user + now.system - last.user - last.system) / 1000);
  last = now;
  setImmediate(turn);
}
setImmediate(turn);

process.on('SIGUSR2', () => {
  writeFileSync(process.env.TURNS_FILE ?? '', `${Math.round(longestMs)} ms`);
  longestMs = 0;
});
