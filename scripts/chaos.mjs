// `npm run chaos [-- --seed 7 --scenario redis-frozen]`: real processes, real faults, and what held (docs/reliability.md).
import { ensureNode } from './lib/node-version.mjs';

ensureNode();
void import('./lib/problem.mjs').then(({ runMain }) =>
  runMain(async () => (await import('./lib/run-chaos.mjs')).runChaos(process.argv.slice(2))),
);
