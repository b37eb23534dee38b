// Writes what is published of libs/client: JavaScript, declarations, package.json, README and licence.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { ROOT } from './lib/environment.mjs';

const outDir = resolve(process.argv[2] ?? join(ROOT, 'artifacts/client'));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

rmSync(outDir, { recursive: true, force: true });
mkdirSync(outDir, { recursive: true });
execFileSync(process.execPath, [tsc, '-p', join(ROOT, 'libs/client'), '--outDir', join(outDir, 'dist')], {
  stdio: 'inherit',
});
for (const file of ['libs/client/package.json', 'libs/client/README.md', 'LICENSE'])
  copyFileSync(join(ROOT, file), join(outDir, basename(file)));
