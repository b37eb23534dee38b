import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from './problem.mjs';
import { identify, isStillRunning } from './processes.mjs';

const fileIn = (dataDir) => join(dataDir, 'runtime.json');

/**
 * Notes for other commands what a running `npm start` uses: `databaseUrl`, and the `environment` that its processes got.
 * It holds passwords, so only its owner can read it.
 */
export function writeRuntimeFile(dataDir, { databaseUrl, environment }) {
  const unfinished = `${fileIn(dataDir)}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify({ databaseUrl, environment, ...identify(process.pid) }, null, 2), {
    mode: 0o600,
  });
  renameSync(unfinished, fileIn(dataDir));
}

/** The notes of the last `npm start` on this data folder with `isRunning`, or undefined when it ended by itself. */
export function readRuntimeFile(dataDir) {
  try {
    const notes = JSON.parse(readFileSync(fileIn(dataDir), 'utf8'));
    return { ...notes, isRunning: isStillRunning(notes) };
  } catch (error) {
    if (error.code === 'EACCES')
      throw new Problem(`${fileIn(dataDir)} belongs to another user: run as that user, or set DATABASE_URL.`);
    return undefined;
  }
}

export function removeRuntimeFile(dataDir) {
  rmSync(fileIn(dataDir), { force: true });
}
