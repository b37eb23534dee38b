// Compiles apps/ and libs/ to dist/ with SWC. Types are checked by `npm run check:types`, not here: half a second instead of ten.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const swc = join(dirname(require.resolve('@swc/cli/package.json')), 'bin/swc.js');
const outDir = process.argv[2] ?? 'dist';

rmSync(outDir, { recursive: true, force: true });
execFileSync(process.execPath, [swc, 'apps', 'libs', '-d', outDir, '--config-file', '.swcrc', '--quiet'], {
  stdio: 'inherit',
});

// Only the bundle of ReDoc is served: its package, with 110 others below it, is not needed in production.
mkdirSync(join(outDir, 'assets'), { recursive: true });
for (const file of ['redoc.standalone.js', 'redoc.standalone.js.LICENSE.txt'])
  copyFileSync(require.resolve(`redoc/bundles/${file}`), join(outDir, 'assets', file));
