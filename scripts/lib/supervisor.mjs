import { banner } from './banner.mjs';
import { createConsoleLog, hasColours } from './console-log.mjs';
import {
  connectionVariables,
  dataDir as readDataDir,
  hasDatabase,
  loadDotEnv,
  PORTS,
  ROOT,
  setting,
} from './environment.mjs';
import { keepPostgresRunning } from './postgres-service.mjs';
import { checkPorts, prepareDataDir, readPorts } from './preflight.mjs';
import { ensureBuilt, ensureInstalled } from './prepare.mjs';
import { Problem, Stopped } from './problem.mjs';
import { runToEnd } from './processes.mjs';
import { createProgress } from './progress.mjs';
import { startReaper } from './start-reaper.mjs';
import { readRuntimeFile, removeRuntimeFile, writeRuntimeFile } from './runtime-file.mjs';
import { listenForStop } from './stop-request.mjs';
import { SupervisedApp, waitUntilReady } from './supervised-app.mjs';

/** A process that dies this often within this time, before everything was ready once, will not come up at all. */
const EARLY_DEATHS_MAX = 5;
const EARLY_DEATHS_WITHIN_MS = 60_000;
/** How long the processes of a killed supervisor may still hold their ports. */
const FORMER_RUN_ENDS_WITHIN_MS = 15_000;

/** `npm start`: brings everything up and keeps it up until asked to stop. Resolves to 0 then; rejects when it cannot. */
export async function start() {
  const startedAt = Date.now();
  const apps = [];
  const stop = listenForStop({ onHurry: () => apps.forEach((app) => app.kill()) });
  const log = createConsoleLog({ onReaderGone: () => stop.request('nobody reads the output') });
  const run = {
    apps,
    stop,
    log,
    signal: stop.signal,
    progress: createProgress((text) => log.line('start', text)),
    undo: [],
  };
  try {
    loadDotEnv();
    const dataDir = readDataDir();
    const ports = readPorts();
    await checkBeforeStart(dataDir, ports, run);
    await ensureInstalled(run);
    await ensureBuilt(run);
    const environment = await openDatabase(dataDir, ports, run);
    await prepareDatabase(environment, run);
    await startApps(ports, environment, run);
    log.plain(banner(ports, (Date.now() - startedAt) / 1000));
    await aborted(stop.signal);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  } finally {
    await stopEverything(run);
  }
  if (stop.signal.reason instanceof Problem) throw stop.signal.reason;
  return 0;
}

// Everything that may be wrong is found before the first process starts, and before the minute that an installation takes.
async function checkBeforeStart(dataDir, ports, { signal, progress }) {
  prepareDataDir(dataDir);
  const former = readRuntimeFile(dataDir);
  if (former?.isRunning) {
    const variables = Object.values(PORTS).map(({ variable }) => variable);
    throw new Problem(
      `npm start is already running here as process ${former.pid}: stop it, or set DATA_DIR, ${variables.join(', ')} for a second one.`,
    );
  }
  if (former) progress.line('The last run was killed: what is left of it ends now.');
  await checkPorts(ports, { patienceMs: former ? FORMER_RUN_ENDS_WITHIN_MS : 0, signal });
}

/** The environment for the product's processes, with a database in it: the user's own, or the embedded one. */
async function openDatabase(dataDir, ports, { signal, progress, log, undo, stop }) {
  // No balancer is in front of it that would have to notice: Ctrl-C need not wait.
  /** @type {NodeJS.ProcessEnv} */
  const environment = { SHUTDOWN_DRAIN_MS: '0', ...process.env };
  for (const [name, { variable }] of Object.entries(PORTS)) environment[variable] = String(ports[name]);
  if (!setting('LOG_FORMAT') && process.stdout.isTTY) environment.LOG_FORMAT = 'pretty';
  if (hasColours()) environment.FORCE_COLOR = '1';
  if (!hasDatabase()) {
    const onLine = (text) => log.line('postgres', text);
    const postgres = await progress.step('Starting PostgreSQL', () =>
      keepPostgresRunning({ dataDir, signal, log: onLine, onGivenUp: (problem) => stop.request(problem) }),
    );
    undo.push(() => postgres.stop());
    environment.DATABASE_URL = postgres.url;
    environment.DATA_DIR = dataDir; // whose disk the health page looks at
  }
  writeRuntimeFile(dataDir, {
    databaseUrl: environment.DATABASE_URL || undefined,
    environment: sharedWithCommands(environment),
  });
  undo.push(() => removeRuntimeFile(dataDir));
  return environment;
}

function sharedWithCommands(environment) {
  const ports = Object.values(PORTS).map(({ variable }) => [variable, environment[variable]]);
  return { ...connectionVariables(environment), ...Object.fromEntries(ports) };
}

async function prepareDatabase(environment, run) {
  await runCli(
    'prepare',
    ['prepare'],
    'Migrating the database, and loading demo data unless there is data',
    environment,
    run,
  );
}

function runCli(name, args, title, environment, { progress, log, signal }) {
  return progress.step(title, async () => {
    const code = await runToEnd(process.execPath, ['--enable-source-maps', 'dist/apps/cli/src/main.js', ...args], {
      cwd: ROOT,
      env: environment,
      detached: true, // Ctrl-C must not cut a migration in two: `signal` ends it in order
      signal,
      onLine: (text) => log.line(name, text),
    });
    if (code !== 0) throw new Problem(`${title} failed (exit code ${code}): see the lines above.`);
  });
}

async function startApps(ports, environment, { apps, stop, signal, log, progress, undo }) {
  const reaper = startReaper();
  undo.push(() => reaper.stop());
  let everReady = false;
  const onDeath = ({ app, code, delayMs }) => {
    const early = app.deaths.filter((at) => Date.now() - at < EARLY_DEATHS_WITHIN_MS).length;
    if (!everReady && early >= EARLY_DEATHS_MAX) {
      stop.request(
        new Problem(`${app.name} ended ${early} times within a minute and does not come up: see its lines above.`),
      );
      return false;
    }
    log.line('start', `${app.name} ended with exit code ${code}: starting it again in ${delayMs / 1000} s`);
    return true;
  };
  undo.push(() => Promise.all(apps.map((app) => app.stop())));
  for (const [name, port] of Object.entries(ports)) {
    const onLine = (text) => log.line(name, text);
    const app = new SupervisedApp({ name, port, env: environment, onLine, onStart: reaper.watch, onDeath });
    apps.push(app);
    app.start();
  }
  const waiting = new Set(apps);
  await progress.step(
    'Starting api, worker and scheduler',
    () => waitUntilReady(waiting, signal),
    () => `, not ready yet: ${[...waiting].map((app) => app.name).join(', ')}`,
  );
  everReady = true;
}

async function stopEverything({ stop, signal, undo, progress }) {
  stop.request('failure');
  if (undo.length === 0) return;
  const cause = typeof signal.reason === 'string' && signal.reason !== 'failure' ? ` (${signal.reason})` : '';
  await progress.step(`Stopping${cause}`, async () => {
    for (const step of undo.reverse()) await step();
  });
}

const aborted = (signal) =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(new Stopped());
    signal.addEventListener('abort', () => reject(new Stopped()), { once: true });
  });
