import { ROOT } from './environment.mjs';
import { typescriptLoader } from './load-typescript.mjs';

/** Resolves to the exit code: 1 when a rule is broken. */
export async function checkSources() {
  const load = typescriptLoader();
  /** @type {typeof import('../../test/architecture/source-tree.js')} */
  const { readTree } = load('test/architecture/source-tree.ts');
  /** @type {typeof import('../../test/architecture/source-rules.js')} */
  const { SOURCE_RULES } = load('test/architecture/source-rules.ts');
  /** @type {typeof import('../../test/architecture/casts.js')} */
  const { CASTS, CASTS_MAX } = load('test/architecture/casts.ts');
  /** @type {typeof import('../../test/architecture/circular-folders.js')} */
  const { circularFolders } = load('test/architecture/circular-folders.ts');
  /** @type {typeof import('../../test/architecture/request-trips.js')} */
  const { requestTrips, TRIP_FILES_MAX } = load('test/architecture/request-trips.ts');

  const tree = readTree(ROOT);
  const broken = Object.entries(SOURCE_RULES).flatMap(([rule, breaks]) =>
    breaks(tree).map(({ path, line, what }) => `${path}:${line}  ${rule}: ${what}`),
  );
  for (const each of broken) console.error(each);

  const casts = Object.values(CASTS).reduce((sum, count) => sum + count, 0);
  const trips = requestTrips(tree);
  const longest = trips.reduce((long, trip) => (trip.files.length > long.files.length ? trip : long));
  console.log(`${tree.length} files, ${Object.keys(SOURCE_RULES).length} rules, ${broken.length} broken`);
  console.log(`casts: ${casts} of ${CASTS_MAX} at most`);
  console.log(`imports in a circle of folders: ${circularFolders(tree).length}`);
  console.log(`longest trip of ${trips.length} requests: ${longest.files.length} of ${TRIP_FILES_MAX} files at most`);
  console.log(`  ${longest.request}\n${longest.files.map((file) => `    ${file}`).join('\n')}`);
  return broken.length > 0 ? 1 : 0;
}
