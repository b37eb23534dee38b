import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';

/**
 * What is known of the compiled product in `dist`: `load(path)` gives the module of a source file; `definedIn(metric)`,
 * `classesOf(path)`, `loadedFrom(path)` and `mentions(path, names)` say where a metric was made, which classes a file declares, which
 * files it brings along, and whether it uses what another file calls by one of these names.
 */
export function openProduct(dist) {
  const require = createRequire(join(dist, 'generate.js'));
  require('reflect-metadata');
  const compiled = (path) => join(dist, path.replace(/\.ts$/, '.js'));
  const sourceOf = (file) => relative(dist, file).split(sep).join('/').replace(/\.js$/, '.ts');
  const load = (path) => require(compiled(path));
  const files = new Map();
  const { registry } = load('libs/platform/src/metrics/registry.ts');
  const register = registry.registerMetric.bind(registry);
  registry.registerMetric = (metric) => {
    files.set(metric, sourceOf(callerIn(dist)));
    register(metric);
  };
  return {
    load,
    definedIn: (metric) => files.get(metric),
    classesOf: (path) =>
      Object.values(load(path)).filter((each) => typeof each === 'function' && /^class\b/.test(String(each))),
    loadedFrom(path) {
      const loaded = new Set([require.cache[compiled(path)]]);
      // A set that is walked gives out what is added meanwhile as well.
      for (const module of loaded)
        for (const child of module?.children ?? []) if (child.filename?.startsWith(dist + sep)) loaded.add(child);
      return [...loaded]
        .map((module) => sourceOf(module?.filename ?? ''))
        .filter((each) => !each.endsWith('/index.ts'));
    },
    mentions: (path, names) => new RegExp(`\\.(${names.join('|')})\\b`).test(readFileSync(compiled(path), 'utf8')),
  };
}

/** The file of the product that is being loaded: the last one of the stack. */
function callerIn(dist) {
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.stackTraceLimit = 50;
  Error.prepareStackTrace = (_, sites) => sites.map((site) => site.getFileName() ?? '');
  const files = /** @type {string[]} */ (/** @type {unknown} */ (new Error().stack));
  Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  return files.find((file) => file.startsWith(dist + sep)) ?? '';
}
