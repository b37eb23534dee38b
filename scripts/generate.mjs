// Writes the documents that are made from the code. `--check` writes nothing and fails when one of them is not as it would be
// written now; `--only errors,events` takes some of them; `--into <folder>` reads and writes another folder than the project.
import { ensureNode } from './lib/node-version.mjs';

ensureNode();
const { generate } = await import('./generate/generate.mjs');
const { runMain } = await import('./lib/problem.mjs');
await runMain(() => generate(process.argv.slice(2)));
