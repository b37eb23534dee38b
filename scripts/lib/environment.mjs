import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem } from './problem.mjs';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url)).replace(/(?<=.)\/$/, '');

/** The ports of the three processes: `{ api, worker, scheduler }`, each `{ variable, fallback }`. */
export const PORTS = {
  api: { variable: 'PORT', fallback: 8000 },
  worker: { variable: 'WORKER_PORT', fallback: 8001 },
  scheduler: { variable: 'SCHEDULER_PORT', fallback: 8002 },
};

/** Adds what `.env` says to the environment; what is already set there wins. */
export function loadDotEnv() {
  const file = join(ROOT, '.env');
  if (!existsSync(file)) return;
  try {
    process.loadEnvFile(file);
  } catch (error) {
    throw new Problem(`${file} cannot be read: ${error.message}`);
  }
}

/** A variable of the environment. An empty one counts as not set, as in the processes themselves. */
export const setting = (name) => process.env[name] || undefined;

/** Whether a database of the user's own is named. */
export const hasDatabase = () => Boolean(setting('DATABASE_URL') ?? setting('DB_HOST'));

/** Where the embedded Postgres and the notes of a running `npm start` are. Absolute. */
export const dataDir = () => resolve(ROOT, setting('DATA_DIR') ?? '.data');

/** Of an environment, every variable that says where databases and queues are. */
export function connectionVariables(environment) {
  return Object.fromEntries(
    Object.entries(environment).filter(
      ([name, value]) => value && /^(DATABASE_URL|\w+_DATABASE_URL|SIMULATION_\w+_URL|DB_\w+|REDIS_URL)$/.test(name),
    ),
  );
}
