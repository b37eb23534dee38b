// `npm run bench [-- --scenario place,lifecycle]`: what the product does per second, beside what the machine could do.
import { ensureNode } from './lib/node-version.mjs';

ensureNode();
void import('./lib/problem.mjs').then(({ runMain }) =>
  runMain(async () => (await import('./lib/run-bench.mjs')).runBench(process.argv.slice(2))),
);
