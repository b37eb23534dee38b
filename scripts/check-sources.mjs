// Asks the rules of test/architecture about the sources, without a compiler: what breaks one is printed with its file and line, and
// the command fails. Prints what is measured as well: casts, circles of folders, and the longest trip of a request to its SQL.
import { ensureNode } from './lib/node-version.mjs';

ensureNode();
const { checkSources } = await import('./lib/check-sources.mjs');
const { runMain } = await import('./lib/problem.mjs');
await runMain(() => checkSources());
