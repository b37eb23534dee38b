import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './environment.mjs';
import { ensureBuilt, ensureInstalled } from './prepare.mjs';
import { Stopped } from './problem.mjs';
import { exitCode } from './processes.mjs';
import { createProgress } from './progress.mjs';
import { listenForStop } from './stop-request.mjs';

const KILL_JEST_AFTER_MS = 5000;

/** Runs jest with these arguments, then prints the counts as the last line. Resolves to jest's exit code. */
export async function runTests(args) {
  const { signal } = listenForStop({ onHurry: () => {} });
  const progress = createProgress((text) => process.stderr.write(`${text}\n`));
  const folder = mkdtempSync(join(tmpdir(), 'order-fulfillment-jest-'));
  const resultFile = join(folder, 'result.json');
  try {
    await ensureInstalled({ progress, signal });
    await ensureBuilt({ progress, signal });
    // `--listTests` would write its list into the file instead of showing it.
    const report = args.includes('--listTests') ? [] : ['--json', `--outputFile=${resultFile}`];
    const code = await runJest([...args, ...report], signal);
    const counts = countsIn(resultFile, code);
    if (counts) console.log(counts);
    return code;
  } catch (error) {
    if (error instanceof Stopped) return 130;
    console.log('0 passed, 1 failed');
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runJest(args, signal) {
  const jest = spawn(process.execPath, [join(ROOT, 'node_modules/jest/bin/jest.js'), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  signal.addEventListener('abort', () => {
    jest.kill('SIGTERM');
    setTimeout(() => jest.kill('SIGKILL'), KILL_JEST_AFTER_MS).unref();
  });
  return new Promise((resolve, reject) => {
    jest.once('error', reject);
    jest.once('exit', (code, killedBy) => resolve(exitCode(code, killedBy)));
  });
}

/**
 * A suite that could not even be loaded counts as one failure, and so does a run that failed for another reason than a test.
 * Undefined when jest ran nothing and that was the wish, e.g. for `--help`.
 */
function countsIn(resultFile, code) {
  const result = readResult(resultFile);
  if (!result) return code === 0 ? undefined : '0 passed, 1 failed';
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  const counts = [`${result.numPassedTests} passed`, `${failed === 0 && code !== 0 ? 1 : failed} failed`];
  if (result.numPendingTests > 0) counts.push(`${result.numPendingTests} skipped`);
  return counts.join(', ');
}

function readResult(resultFile) {
  try {
    return JSON.parse(readFileSync(resultFile, 'utf8'));
  } catch {
    return undefined;
  }
}
