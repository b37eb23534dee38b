import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './environment.mjs';
import { withLock } from './lock.mjs';
import { Problem } from './problem.mjs';
import { runToEnd } from './processes.mjs';

/** @typedef {ReturnType<typeof import('./progress.mjs').createProgress>} Progress */

const DIST = join(ROOT, 'dist');
const STAMP = 'sources.sha256';

/** Runs `npm ci` unless node_modules holds what package-lock.json asks for, no matter who installed it. */
export function ensureInstalled({ progress, signal }) {
  return once('install', isInstalled, { progress, signal }, () =>
    progress.step('Installing the dependencies (the first time takes a minute)', async () => {
      const options = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
      const code = await run([...npmCommand(), ...options], { progress, signal }).catch((error) => {
        if (error.code === 'ENOENT')
          throw new Problem('npm was not found: install it (it comes with Node.js), then try again.');
        throw error;
      });
      if (code !== 0 || !isInstalled())
        throw new Problem('The dependencies could not be installed: see the lines above, then try again.');
    }),
  );
}

/**
 * Compiles apps/ and libs/ to dist/ unless dist/ was made from exactly these sources.
 *
 * @param {{ progress: Progress, signal?: AbortSignal }} run
 */
export function ensureBuilt({ progress, signal }) {
  return once('build', isBuilt, { progress, signal }, () =>
    progress.step('Building', async () => {
      for (const name of readdirSync(ROOT))
        if (name.startsWith('dist-')) rmSync(join(ROOT, name), { recursive: true, force: true });
      const sources = hashOfSources();
      const next = `dist-next-${process.pid}`;
      const code = await run([process.execPath, join(ROOT, 'scripts/build.mjs'), next], { progress, signal });
      if (code !== 0) throw new Problem('The build failed: see the lines above.');
      writeFileSync(join(ROOT, next, STAMP), sources);
      replaceDist(join(ROOT, next));
    }),
  );
}

// Two commands may be started together on a fresh clone: one does the work, the other waits and then finds it done.
async function once(name, isDone, { progress, signal }, work) {
  if (isDone()) return;
  const onWait = (pid) => progress.line(`Waiting for process ${pid}, which is doing the ${name} of this folder …`);
  await withLock(lockFile(name), { onWait, signal }, async () => {
    if (!isDone()) await work();
  });
}

// Not in the project: node_modules and dist are replaced under it. One for each user, as one cannot remove another's.
function lockFile(name) {
  const project = createHash('sha256').update(`${ROOT} ${process.getuid?.()}`).digest('hex').slice(0, 12);
  return join(tmpdir(), `order-fulfillment-${project}.${name}.lock`);
}

/** @param {string[]} line the command and its arguments */
function run([command = '', ...args], { progress, signal }) {
  const onLine = (line) => line.trim() && progress.line(line);
  return runToEnd(command, args, { cwd: ROOT, signal, onLine });
}

// The very npm that runs this script, even if another one is first on PATH. Other package managers set the variable as well.
function npmCommand() {
  const script = process.env.npm_execpath;
  return script?.endsWith('npm-cli.js') ? [process.execPath, script] : ['npm'];
}

// npm writes the inner file last, so it is not there after an interrupted installation.
function isInstalled() {
  const wanted = readPackages('package-lock.json');
  const found = readPackages('node_modules/.package-lock.json');
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || found[path]?.version === version,
  );
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(ROOT, file), 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT') return {};
    throw new Problem(`${file} is damaged (${error.message}): restore it, then try again.`);
  }
}

function isBuilt() {
  const stamp = join(DIST, STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hashOfSources();
}

function hashOfSources() {
  const hash = createHash('sha256');
  const files = ['apps', 'libs'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('spec.ts'))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  for (const file of [
    ...files.sort(),
    ...['.swcrc', 'package-lock.json', 'scripts/build.mjs'].map((name) => join(ROOT, name)),
  ]) {
    hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

// Running processes have loaded what they need; a reader between the two renames would not find dist, so they are neighbours.
function replaceDist(next) {
  const last = join(ROOT, `dist-last-${process.pid}`);
  if (existsSync(DIST)) renameSync(DIST, last);
  renameSync(next, DIST);
  rmSync(last, { recursive: true, force: true });
}
