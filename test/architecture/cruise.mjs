// Runs dependency-cruiser with the project's rules on source trees, given as folders, and prints what it found as JSON. A process
// of its own: jest cannot load dependency-cruiser, and one run for all trees is faster than the command line once for each.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const TREES = ['apps', 'libs', 'test'];
const config = join(PROJECT, '.dependency-cruiser.cjs');

const reports = [];
for (const folder of process.argv.slice(2)) reports.push(await judge(folder));
process.stdout.write(JSON.stringify(reports));

async function judge(folder) {
  // Options and rules are worked into while they are used: every tree gets its own.
  const { tsConfig: _, enhancedResolveOptions, ...options } = await extractOptions(config);
  const { output } = await cruise(
    TREES.filter((tree) => existsSync(join(folder, tree))),
    { ...options, enhancedResolveOptions, baseDir: folder },
    { alias: aliases(folder) },
  );
  return {
    modules: output.modules.map(({ source }) => source),
    imports: output.modules.flatMap(({ source, dependencies }) =>
      dependencies.map(({ resolved }) => [source, resolved]),
    ),
    violations: output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}

/** `@app/<lib>` means the tree's own lib: what the paths of tsconfig.json say, for any tree. */
function aliases(folder) {
  const libs = join(folder, 'libs');
  if (!existsSync(libs)) return {};
  return Object.fromEntries(readdirSync(libs).map((lib) => [`@app/${lib}`, join(libs, lib, 'src/index.ts')]));
}
