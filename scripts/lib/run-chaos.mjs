import { ensureDatabase, startPostgres } from './embedded-postgres.mjs';
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
    return await chaos(args, { startPostgres, ensureDatabase, startRedis }, signal);
  } catch (error) {
    if (error instanceof Stopped) return 130;
    throw error;
  }
}
