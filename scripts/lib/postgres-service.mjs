import { ensureDatabase, startPostgres } from './embedded-postgres.mjs';
import { Problem } from './problem.mjs';
import { sleep } from './processes.mjs';

const DATABASE = 'orders'; // as the default of DB_NAME
const RESTART_DELAY_MS = 1000;

/**
 * The embedded Postgres with the product's database, started again on the same port when it ends by itself. Gives
 * `{ url, stop }`; `onGivenUp` gets the `Problem` when it cannot be started again.
 */
export async function keepPostgresRunning({ dataDir, signal, log, onGivenUp }) {
  let server = await startPostgres({ dataDir, durable: true, signal, log });
  let stopping = false;
  const restartWhenEnded = async () => {
    for (;;) {
      const code = await server.exited;
      if (stopping) return;
      log(`ended with exit code ${code}: starting it again`);
      await sleep(RESTART_DELAY_MS);
      if (stopping) return;
      server = await startPostgres({ dataDir, port: server.port, durable: true, signal, log, takeOver: true });
      log('is running again');
    }
  };
  const stop = () => {
    stopping = true;
    return server.stop();
  };
  try {
    const url = await ensureDatabase(server.url, DATABASE);
    restartWhenEnded().catch((error) => stopping || onGivenUp(new Problem(error.message)));
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
