import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDatabase, startPostgres } from './embedded-postgres.mjs';
import { Problem } from './problem.mjs';
import { sleep } from './processes.mjs';

const DATABASE = 'orders'; // as the default of DB_NAME
const RESTART_DELAY_MS = 1000;
const LOOK_EVERY_MS = 1000;

/**
 * The embedded Postgres with the product's database, started again on the same port when it ends by itself. Gives
 * `{ url, stop }`; `onGivenUp` gets the `Problem` when it cannot be started again, or its folder was removed.
 */
export async function keepPostgresRunning({ dataDir, signal, log, onGivenUp }) {
  let server = await startPostgres({ dataDir, durable: true, signal, log });
  let stopping = false;
  const giveUp = (problem) => {
    clearInterval(looking);
    if (!stopping) onGivenUp(problem);
    stopping = true;
  };
  // Its processes go on for a while, and answer whatever they still have open.
  const looking = setInterval(() => {
    if (!existsSync(join(dataDir, 'postgres', 'PG_VERSION'))) giveUp(folderRemoved(dataDir));
  }, LOOK_EVERY_MS);
  const restartWhenEnded = async () => {
    for (;;) {
      const code = await server.exited;
      if (stopping) return;
      log(`ended with exit code ${code}: starting it again`);
      await sleep(RESTART_DELAY_MS);
      if (stopping) return;
      // Otherwise this would make a new, empty one.
      if (!existsSync(join(dataDir, 'postgres'))) throw folderRemoved(dataDir);
      server = await startPostgres({ dataDir, port: server.port, durable: true, signal, log, takeOver: true });
      log('is running again');
    }
  };
  const stop = () => {
    stopping = true;
    clearInterval(looking);
    return server.stop();
  };
  try {
    const url = await ensureDatabase(server.url, DATABASE);
    restartWhenEnded().catch((error) => giveUp(new Problem(error.message)));
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function folderRemoved(dataDir) {
  return new Problem(
    `The data folder ${dataDir} was removed while its database was in use: what was in it is lost. Start again with a new, empty ` +
      'database, or restore a backup into it (docs/runbook.md).',
  );
}
