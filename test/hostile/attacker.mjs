// One hostile client as a process of its own, so that what it costs is not felt by who measures: `attacker.mjs <number> <url>`.
// It says when it begins, goes on until it is told to stop, and says then what was wrong with the answers, if anything was, how many
// it got, and its processor time.
import { typescriptLoader } from '../../scripts/lib/load-typescript.mjs';

const [index, url] = process.argv.slice(2);
const { HOSTILE_CLIENTS } = typescriptLoader()('test/hostile/clients.ts');
const attack = HOSTILE_CLIENTS[Number(index)].prepare();
const over = new AbortController();
process.once('message', () => over.abort());
process.once('disconnect', () => process.exit());
process.send?.('begun');
const before = process.cpuUsage();
const [answers, problem] = await attack(url, over.signal).then(
  (count) => [count, ''],
  (error) => [0, error.message],
);
const { user, system } = process.cpuUsage(before);
process.send?.({ problem, answers, cpuMs: (user + system) / 1000 }, undefined, undefined, () => process.exit());
