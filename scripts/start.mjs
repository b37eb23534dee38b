// `npm start`: everything on this machine, with nothing but Node installed.
import { ensureNode } from './lib/node-version.mjs';

ensureNode();
void import('./lib/problem.mjs').then(({ runMain }) =>
  runMain(async () => (await import('./lib/supervisor.mjs')).start()),
);
