import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { ROOT } from '../lib/environment.mjs';
import { Problem } from '../lib/problem.mjs';
import { client } from './client.mjs';
import { configurationTable, environmentExample } from './configuration.mjs';
import { errors } from './errors.mjs';
import { events } from './events.mjs';
import { metrics } from './metrics.mjs';
import { requests } from './requests.mjs';
import { schema } from './schema.mjs';
import { readTree } from './source-tree.mjs';
import { states } from './states.mjs';
import { openWorkshop } from './workshop.mjs';

/** What is generated. `make` gets `{ sources, load, database, openApi, current }` and gives the text. */
const DOCUMENTS = {
  readme: { file: 'README.md', make: configurationTable },
  environment: { file: '.env.example', make: environmentExample },
  states: { file: 'docs/states.md', make: states },
  errors: { file: 'docs/errors.md', make: errors },
  events: { file: 'docs/events.md', make: events },
  metrics: { file: 'docs/metrics.md', make: metrics },
  schema: { file: 'docs/schema.sql', make: schema },
  openapi: { file: 'docs/openapi.json', make: ({ openApi }) => openApi() },
  client: { file: 'libs/client/src/schema.ts', make: client },
  requests: { file: 'docs/requests.http', make: requests },
};
const STYLE = JSON.parse(readFileSync(join(ROOT, '.prettierrc.json'), 'utf8'));

/** Resolves to the exit code: 1 when `--check` found a document that is not up to date. */
export async function generate(args) {
  const { check, chosen, into } = readArguments(args);
  const workshop = openWorkshop();
  const stale = [];
  try {
    const sources = readTree(ROOT);
    for (const { file, make } of chosen) {
      const path = join(into, file);
      const current = existsSync(path) ? readFileSync(path, 'utf8') : '';
      const wanted = await formatted(file, await make({ ...workshop, sources, current }));
      if (wanted === current) continue;
      if (check) stale.push(`${file} is not up to date (${firstDifference(current, wanted)})`);
      else write(path, wanted, file);
    }
  } finally {
    await workshop.close();
  }
  if (stale.length === 0) {
    if (check) console.log(`${chosen.length} generated documents are up to date.`);
    return 0;
  }
  console.error(`${stale.join('\n')}\nRun npm run generate and commit what it writes.`);
  return 1;
}

function readArguments(args) {
  try {
    const { values } = parseArgs({
      args,
      options: { check: { type: 'boolean' }, only: { type: 'string' }, into: { type: 'string' } },
    });
    const names = values.only?.split(',') ?? Object.keys(DOCUMENTS);
    const unknown = names.find((name) => !DOCUMENTS[name]);
    if (unknown) throw new Error(`There is no document "${unknown}", only ${Object.keys(DOCUMENTS).join(', ')}`);
    return { check: values.check, chosen: names.map((name) => DOCUMENTS[name]), into: resolve(values.into ?? ROOT) };
  } catch (error) {
    throw new Problem(error.message);
  }
}

/** As `npm run format` would leave it: a generated document must not fail the format check. */
function formatted(file, text) {
  return /\.(md|json|ts)$/.test(file) ? format(text, { ...STYLE, filepath: file }) : text;
}

function firstDifference(current, wanted) {
  if (current === '') return 'it is missing';
  const [left, right] = [current.split('\n'), wanted.split('\n')];
  const line = right.findIndex((text, index) => text !== left[index]);
  return line < 0
    ? `it ends after line ${right.length}`
    : `line ${line + 1} should be: ${right[line].trim() || '(empty)'}`;
}

function write(path, text, file) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(`wrote ${file}`);
}
