import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDatabase, startPostgres } from '../lib/embedded-postgres.mjs';
import { ROOT } from '../lib/environment.mjs';
import { openApi } from './openapi.mjs';

/**
 * What documents are made with: `load(path)` gives the compiled module of a source file, `database()` a configuration with a
 * migrated, empty Postgres of its own, `openApi()` the OpenAPI document. They are made when they are first asked for, and removed by `close()`. Nothing here
 * depends on the environment, on `.env`, or on a running `npm start`.
 */
export function openWorkshop() {
  const folder = mkdtempSync(join(tmpdir(), 'order-fulfillment-generate-'));
  chmodSync(folder, 0o711); // as root, Postgres runs as another user
  const load = once(() => loader(folder));
  let postgres;
  const database = once(async () => {
    const dataDir = join(folder, 'postgres');
    mkdirSync(dataDir);
    chmodSync(dataDir, 0o711);
    postgres = await startPostgres({ dataDir, durable: false, log: () => {} });
    const { loadConfig, migrateUp } = load()('libs/platform/src/index.ts');
    const { CONTEXTS } = load()('apps/cli/src/contexts.ts');
    const config = loadConfig({
      DATABASE_URL: await ensureDatabase(postgres.url, 'documents'),
      LOG_LEVEL: 'silent',
      LOG_FORMAT: 'json',
    });
    await migrateUp(config, CONTEXTS);
    return config;
  });
  const loaded = (path) => load()(path);
  return {
    load: loaded,
    database,
    openApi: once(() => openApi({ load: loaded, database })),
    async close() {
      await postgres?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Compiles the product into the folder, apart from dist/, which a running process may be using. */
function loader(folder) {
  const dist = join(folder, 'dist');
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs'), dist], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const require = createRequire(join(dist, 'generate.js'));
  require('reflect-metadata');
  return (path) => require(join(dist, path.replace(/\.ts$/, '.js')));
}

function once(make) {
  let made;
  return () => (made ??= { value: make() }).value;
}
