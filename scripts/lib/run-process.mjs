import { spawn } from 'node:child_process';
import { connectionVariables, dataDir as readDataDir, hasDatabase, loadDotEnv, ROOT, setting } from './environment.mjs';
import { isInitialised } from './postgres-cluster.mjs';
import { keepPostgresRunning } from './postgres-service.mjs';
import { prepareDataDir } from './preflight.mjs';
import { ensureBuilt, ensureInstalled } from './prepare.mjs';
import { Problem, Stopped } from './problem.mjs';
import { exitCode } from './processes.mjs';
import { createProgress } from './progress.mjs';
import { readRuntimeFile } from './runtime-file.mjs';
import { SERVICE_FLAGS } from './service-flags.mjs';

const SERVICES = ['api', 'worker', 'scheduler'];
/** @type {Partial<Record<NodeJS.Signals, number>>} */
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** Runs one of the product's programs in the foreground. Resolves to its exit code. */
export async function runProcess(name, args) {
  if (![...SERVICES, 'cli'].includes(name))
    throw new Problem(`Usage: node scripts/run.mjs ${SERVICES.join('|')}|cli [arguments]`);
  // On standard error: what the program prints can be piped into another one.
  const progress = createProgress((text) => process.stderr.write(`${text}\n`));
  const { signal, target } = forwardSignals();
  let database;
  try {
    loadDotEnv();
    await ensureInstalled({ progress, signal });
    await ensureBuilt({ progress, signal });
    database = await findDatabase(name, args, { progress, signal });
    return await inForeground(name, args, database.environment, target);
  } catch (error) {
    if (error instanceof Stopped) return SIGNALS[signal.reason];
    throw error;
  } finally {
    await database?.stop();
  }
}

/** `{ environment, stop }`: the environment of the program, with a database in it. */
async function findDatabase(name, args, { progress, signal }) {
  const stop = async () => {};
  if (hasDatabase() || !needsDatabase(name, args)) return { environment: process.env, stop };
  const dataDir = readDataDir();
  const started = readRuntimeFile(dataDir);
  if (started?.isRunning) {
    // A second api beside that of `npm start` must not inherit its port; a command that talks to it needs the port.
    const shared = name === 'cli' ? started.environment : connectionVariables(started.environment);
    return { environment: { ...shared, ...process.env }, stop };
  }
  if (name !== 'cli')
    throw new Problem(`The ${name} needs a database: set DATABASE_URL (or DB_HOST), or run npm start first.`);
  // It talks to an API, and says that it could not verify.
  if (args[0] === 'load-test') return { environment: process.env, stop };
  if (!isInitialised(dataDir) && !creates(args))
    throw new Problem(
      `There is no database: set DATABASE_URL (or DB_HOST), or run npm start first. ${dataDir} holds none, and "${args[0]}" only looks.`,
    );
  return startOwnDatabase(dataDir, args, { progress, signal });
}

// These write into a new database: the others would report on an empty one, which nobody asked about.
const creates = (args) => isSimulation(args) || createsShop(args);

const createsShop = ([command, subcommand]) =>
  ['restore', 'seed-demo'].includes(command) || (command === 'migrate' && !['status', 'revert'].includes(subcommand));

const needsDatabase = (name, args) =>
  name !== 'cli' ||
  (args.length > 0 &&
    args[0] !== 'check' &&
    !args.some((arg) => ['help', '--help', '-h', '--version', '-V'].includes(arg)) &&
    !(isSimulation(args) && hasOwnStores(args)));

// The simulation has databases beside the product's: it needs a server for them, and of the product's tables none.
const isSimulation = ([command]) =>
  ['run_inserts', 'simulate_insertions', 'generate_pdf_report', 'simulation'].includes(command);

const hasOwnStores = (args) =>
  args.includes('--engine=sqlite') ||
  args[args.indexOf('--engine') + 1] === 'sqlite' ||
  ['USERS', 'PRODUCTS', 'ORDERS'].every((name) => setting(`SIMULATION_${name}_URL`));

// For as long as the command runs. It is up to date for every command but those that change just that.
async function startOwnDatabase(dataDir, args, { progress, signal }) {
  prepareDataDir(dataDir);
  const onGivenUp = (problem) => progress.line(problem.message);
  const postgres = await progress.step('Starting PostgreSQL for this command', () =>
    keepPostgresRunning({ dataDir, signal, log: progress.line, onGivenUp }),
  );
  const environment = { ...process.env, DATABASE_URL: postgres.url };
  if (args[0] !== 'migrate' && !isSimulation(args)) {
    const code = await inForeground('cli', ['migrate'], environment, {}, ['ignore', 'ignore', 'inherit']);
    if (code !== 0) {
      await postgres.stop();
      throw new Problem('The database could not be migrated: see the lines above.');
    }
  }
  return { environment, stop: postgres.stop };
}

function inForeground(name, args, env, target, stdio = ['inherit', 'inherit', 'inherit']) {
  // The channel tells a service that this process was killed.
  if (SERVICES.includes(name)) stdio.push('ipc');
  const flags = SERVICES.includes(name) ? SERVICE_FLAGS : ['--enable-source-maps'];
  const main = `${ROOT}/dist/apps/${name}/src/main.js`;
  const options = /** @type {import('node:child_process').SpawnOptions} */ ({ env, stdio });
  const child = spawn(process.execPath, [...flags, main, ...args], options);
  target.child = child;
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, killedBy) => resolve(exitCode(code, killedBy)));
  });
}

/** Before `target.child` is there a signal aborts `signal`; then it goes to the child, and this process ends after it. */
function forwardSignals() {
  const controller = new AbortController();
  /** @type {{ child?: import('node:child_process').ChildProcess }} */
  const target = {};
  for (const name of /** @type {NodeJS.Signals[]} */ (Object.keys(SIGNALS))) {
    process.on(name, () => {
      if (!target.child) controller.abort(name);
      // A terminal sends Ctrl-C to the child as well; sending it again would look like a second one.
      else if (name !== 'SIGINT' || !process.stdin.isTTY) target.child.kill(name);
    });
  }
  return { signal: controller.signal, target };
}
