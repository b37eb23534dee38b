// `npm run start:api`, `npm run cli -- …`, `npm run migrate`: one process, on the database that the environment, or a running
// `npm start`, names.
import { ensureNode } from './lib/node-version.mjs';

ensureNode();
void import('./lib/problem.mjs').then(({ runMain }) =>
  runMain(async () => (await import('./lib/run-process.mjs')).runProcess(process.argv[2], process.argv.slice(3))),
);
