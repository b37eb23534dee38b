// Compiles apps/ and libs/ to dist/ with SWC. Types are checked by `npm run check:types`, not here: half a second instead of ten.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const swc = join(dirname(createRequire(import.meta.url).resolve('@swc/cli/package.json')), 'bin/swc.js');
const outDir = process.argv[2] ?? 'dist';

rmSync(outDir, { recursive: true, force: true });
execFileSync(process.execPath, [swc, 'apps', 'libs', '-d', outDir, '--config-file', '.swcrc', '--quiet'], {
  stdio: 'inherit',
});
