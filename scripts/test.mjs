// `npm test [-- jest arguments]`: every suite, on databases of its own. Ends with the line `N passed, N failed`.
import { ensureNode } from './lib/node-version.mjs';

ensureNode();
void import('./lib/problem.mjs').then(({ runMain }) =>
  runMain(async () => (await import('./lib/run-tests.mjs')).runTests(process.argv.slice(2))),
);
