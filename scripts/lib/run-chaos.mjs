import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDatabase, startPostgres } from './embedded-postgres.mjs';
import { ROOT } from './environment.mjs';
import { typescriptLoader } from './load-typescript.mjs';
import { ensureBuilt, ensureInstalled } from './prepare.mjs';
import { Stopped } from './problem.mjs';
import { createProgress } from './progress.mjs';
import { listenForStop } from './stop-request.mjs';
import { startRedis } from './test-redis.mjs';

/** Runs test/chaos with these arguments. Resolves to its exit code. */
export async function runChaos(args) {
  const { signal } = listenForStop({ onHurry: () => process.exit(130) });
  const progress = createProgress((text) => process.stderr.write(`${text}\n`));
  try {
    await ensureInstalled({ progress, signal });
    await ensureBuilt({ progress, signal });
    const { chaos } = typescriptLoader()('test/chaos/chaos.ts');
    return await chaos(args, { startPostgres, ensureDatabase, startRedis, formatMarkdown }, signal);
  } catch (error) {
    if (error instanceof Stopped) return 130;
    throw error;
  }
}

// Imported late: it is there only after the dependencies were installed.
async function formatMarkdown(text) {
  const { format } = await import('prettier');
  const style = JSON.parse(readFileSync(join(ROOT, '.prettierrc.json'), 'utf8'));
  return format(text, { ...style, parser: 'markdown' });
}
