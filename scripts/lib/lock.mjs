import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { identify, isStillRunning, sleep } from './processes.mjs';

const HALF_WRITTEN_MS = 2000;

/**
 * Takes a lock file that names its owner. Gives `{ release, takenOver }`, or `{ heldBy: pid }` when a running process has it.
 * `takenOver` tells that the former owner died without releasing it.
 */
export async function tryLock(file) {
  for (let takenOver = false; ;) {
    try {
      writeFileSync(file, JSON.stringify(identify(process.pid)), { flag: 'wx' });
      return { takenOver, release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = readOwner(file);
    if (owner && isStillRunning(owner)) return { heldBy: owner.pid };
    if (owner || isOld(file)) takenOver = moveAway(file, owner);
    else await sleep(50);
  }
}

/** Waits for the lock, calls `onWait` once with the holder's process id, and releases it after the work. */
export async function withLock(file, { onWait, signal }, work) {
  for (let waiting = false; ; waiting = true) {
    const lock = await tryLock(file);
    if (lock.release) {
      try {
        return await work();
      } finally {
        lock.release();
      }
    }
    if (!waiting) onWait(lock.heldBy);
    await sleep(200, signal);
  }
}

function readOwner(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function isOld(file) {
  try {
    return Date.now() - statSync(file).mtimeMs > HALF_WRITTEN_MS;
  } catch {
    return false;
  }
}

// Two processes may find the same dead owner. The one that comes second may have moved the first one's new lock: it puts it back.
function moveAway(file, deadOwner) {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
  if (deadOwner?.pid !== readOwner(aside)?.pid) {
    renameSync(aside, file);
    return false;
  }
  rmSync(aside, { force: true });
  return true;
}
