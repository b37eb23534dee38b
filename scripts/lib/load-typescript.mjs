import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './environment.mjs';

/**
 * Gives `load(path)`, which runs a TypeScript file of the project (and what it imports) as SWC compiles it, like jest does: for
 * programs that are part of the tests and therefore not of `dist/`. Types are not looked at.
 */
export function typescriptLoader() {
  const require = createRequire(join(ROOT, 'package.json'));
  const { transformSync } = require('@swc/core');
  const { exclude: _, ...settings } = JSON.parse(readFileSync(join(ROOT, '.swcrc'), 'utf8'));
  settings.jsc.baseUrl = ROOT;
  require.extensions['.ts'] = (module, filename) => {
    const options = { ...settings, filename, swcrc: false, sourceMaps: 'inline' };
    /** @type {any} */ (module)._compile(transformSync(readFileSync(filename, 'utf8'), options).code, filename);
  };
  process.setSourceMapsEnabled(true);
  require('reflect-metadata');
  return (path) => require(join(ROOT, path));
}
