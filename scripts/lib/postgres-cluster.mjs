import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeSharedDir, postgresMajor, SHARED_DIR } from './postgres-programs.mjs';
import { Problem } from './problem.mjs';
import { runToEnd } from './processes.mjs';

const PASSWORD_FILE = 'superuser-password';

/**
 * The database cluster of a data folder, made when there is none: `{ path, user, password }`. It is `<dataDir>/postgres`, or
 * what that symbolic link points to when `user` cannot reach `dataDir`.
 */
export async function openCluster({ dataDir, programs, user, durable, signal, log }) {
  const place = join(dataDir, 'postgres');
  if (!existsSync(place)) await createCluster({ dataDir, place, programs, user, durable, signal, log });
  const path = realpathSync(place);
  const owner = ownerOf(path, user);
  checkVersion(path, programs, user);
  chmodSync(path, 0o700); // Postgres refuses anything else, e.g. after a `chmod -R` of the project
  return { path, user: owner, password: readFileSync(join(path, PASSWORD_FILE), 'utf8').trim() };
}

/** Whether a data folder holds a database already; makes nothing. */
export const isInitialised = (dataDir) => existsSync(join(dataDir, 'postgres'));

async function createCluster({ dataDir, place, programs, user, durable, signal, log }) {
  rmSync(place, { force: true }); // a link whose target is gone
  const reachable = canEnter(dataDir, user);
  const path = reachable ? place : placeElsewhere(dataDir, log);
  removeUnfinished(path);
  const unfinished = `${path}.unfinished-${process.pid}`;
  const passwordFile = `${unfinished}-password`;
  const password = randomBytes(24).toString('base64url');
  try {
    mkdirSync(unfinished, { mode: 0o700 });
    writeFileSync(passwordFile, password, { mode: 0o600 });
    giveTo(user, unfinished, passwordFile);
    await initialise({ programs, path: unfinished, passwordFile, user, durable, signal });
    renameSync(passwordFile, join(unfinished, PASSWORD_FILE));
    // Only a finished cluster ever has its final name, so an interrupted start leaves nothing that looks like one.
    renameSync(unfinished, path);
  } finally {
    removeUnfinished(path);
  }
  if (!reachable) symlinkSync(path, place);
}

async function initialise({ programs, path, passwordFile, user, durable, signal }) {
  const output = [];
  const code = await runToEnd(
    join(programs, 'bin/initdb'),
    [
      `--pgdata=${path}`,
      '--username=postgres',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--no-instructions',
      // Sorting and letter case by code point, the same on every machine whatever locales it has.
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      ...(durable ? [] : ['--no-sync']),
    ],
    { ...user, cwd: '/', signal, onLine: (line) => output.push(line) },
  );
  if (code !== 0) throw new Problem(`The database folder ${path} could not be made: ${output.slice(-2).join(' ')}`);
}

function placeElsewhere(dataDir, log) {
  makeSharedDir();
  const path = join(SHARED_DIR, createHash('sha256').update(dataDir).digest('hex').slice(0, 12));
  if (existsSync(path)) {
    // The data folder was deleted or made anew, which means: start afresh. Its old data is not ours to delete.
    const aside = `${path}.until-${new Date().toISOString().replaceAll(':', '')}`;
    renameSync(path, aside);
    log(`An older database of ${dataDir} was set aside as ${aside}.`);
  }
  log(`${dataDir} cannot be reached by the OS user that PostgreSQL runs as: the database is kept in ${path}.`);
  return path;
}

/** As root, Postgres runs as whoever owns the data: it accepts nobody else. */
function ownerOf(path, user) {
  const { uid, gid } = statSync(path);
  const self = process.getuid?.();
  if (self !== 0) {
    if (uid === self) return {};
    throw new Problem(
      `The database in ${path} belongs to another user (id ${uid}): run as that user or root, or set DATA_DIR to another folder.`,
    );
  }
  const owner = { uid, gid };
  if (uid === 0)
    throw new Problem(
      `The database in ${path} belongs to root, and PostgreSQL refuses that: chown -R ${user.uid}:${user.gid} ${path}`,
    );
  if (!canEnter(path, owner))
    throw new Problem(
      `The database in ${path} cannot be reached by its owner (id ${uid}): allow that with chmod o+x on the folders above it.`,
    );
  return owner;
}

function checkVersion(path, programs, user) {
  const file = join(path, 'PG_VERSION');
  if (!existsSync(file))
    throw new Problem(`${path} holds no PostgreSQL database: set DATA_DIR to another folder, or move that one away.`);
  const found = readFileSync(file, 'utf8').trim();
  const needed = postgresMajor(programs, user);
  if (found !== needed) {
    throw new Problem(
      `The database in ${path} was made by PostgreSQL ${found}, this is ${needed}: set DATA_DIR to another folder, or move that one away.`,
    );
  }
}

function canEnter(path, user) {
  if (user.uid === undefined) return true;
  return spawnSync('/bin/sh', ['-c', 'cd "$0"', path], { ...user, cwd: '/', stdio: 'ignore' }).status === 0;
}

function giveTo(user, ...paths) {
  if (user.uid === undefined) return;
  for (const path of paths) {
    try {
      chownSync(path, user.uid, user.gid);
    } catch (error) {
      throw new Problem(
        `${dirname(path)} cannot hold files of another user (${error.code}): set DATA_DIR to a folder on a local disk.`,
      );
    }
  }
}

function removeUnfinished(path) {
  // An initdb whose parent was killed may still be writing for a second: the retries outlast it.
  const options = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 };
  for (const name of readdirSync(dirname(path))) {
    if (name.startsWith(`${basename(path)}.unfinished-`)) rmSync(join(dirname(path), name), options);
  }
}
