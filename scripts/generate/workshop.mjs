import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDatabase, startPostgres } from '../lib/embedded-postgres.mjs';
import { ROOT } from '../lib/environment.mjs';
import { openApi } from './openapi.mjs';
import { openProduct } from './product.mjs';

/**
 * What documents are made with: `load(path)` gives the compiled module of a source file, `product()` what else is known of the
 * compiled product, `database()` a configuration with a migrated, empty Postgres of its own, `openApi()` the OpenAPI document. They are
 * made when they are first asked for, and removed by `close()`. Nothing here depends on the environment, on `.env`, or on a running
 * `npm start`.
 */
export function openWorkshop() {
  const folder = mkdtempSync(join(tmpdir(), 'order-fulfillment-generate-'));
  chmodSync(folder, 0o711); // as root, Postgres runs as another user
  const product = once(() => compile(folder));
  let postgres;
  const database = once(async () => {
    const dataDir = join(folder, 'postgres');
    mkdirSync(dataDir);
    chmodSync(dataDir, 0o711);
    postgres = await startPostgres({ dataDir, durable: false, log: () => {} });
    const { loadConfig, migrateUp } = product().load('libs/platform/src/index.ts');
    const { CONTEXTS } = product().load('apps/cli/src/contexts.ts');
    const config = loadConfig({
      DATABASE_URL: await ensureDatabase(postgres.url, 'documents'),
      LOG_LEVEL: 'silent',
      LOG_FORMAT: 'json',
    });
    await migrateUp(config, CONTEXTS);
    return config;
  });
  const load = (path) => product().load(path);
  return {
    load,
    product,
    database,
    openApi: once(() => openApi({ load, database })),
    async close() {
      await postgres?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Compiles the product into the folder, apart from dist/, which a running process may be using. */
function compile(folder) {
  const dist = join(folder, 'dist');
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs'), dist], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return openProduct(dist);
}

function once(make) {
  let made;
  return () => (made ??= { value: make() }).value;
}
