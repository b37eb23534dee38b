import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeOnBothBackends } from '../support/redis';
import type { RunResult } from './run-scenario';

const ROOT = join(__dirname, '../..');
const SEED = 4711;
const RUNS_WITHIN_MS = 400_000;
const INVARIANTS = Array.from({ length: 13 }, (_, index) => `I${index + 1}`);

/** A few of the scenarios, for every test run; `npm run chaos` runs them all, with as many seeds as wanted. */
const SELECTION = {
  postgres: ['api-killed', 'commit-outcome-unknown', 'postgres-restarted'],
  redis: ['worker-killed', 'redis-frozen', 'crossing-buyers'],
};

describeOnBothBackends('chaos with queues', (backend) => {
  const scenarios = SELECTION[backend];
  let folder: string;
  let output: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'order-fulfillment-chaos-'));
    output = await chaos('--scenario', scenarios.join(), '--backend', backend, '--seed', `${SEED}`, '--folder', folder);
  }, RUNS_WITHIN_MS);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  for (const scenario of scenarios)
    it(`${scenario} leaves every promise intact`, () => {
      const { checks, error } = resultOf(scenario);
      expect(error).toBeUndefined();
      expect(checks.filter(({ holds }) => !holds)).toEqual([]);
      expect(checks.map(({ id }) => id)).toEqual(expect.arrayContaining(INVARIANTS));
    });

  function resultOf(scenario: string): RunResult {
    try {
      return JSON.parse(
        readFileSync(join(folder, `${scenario}-${backend}-${SEED}`, 'result.json'), 'utf8'),
      ) as RunResult;
    } catch {
      throw new Error(`There is no result:\n${output}`);
    }
  }
});

/** Resolves to everything that it printed. Times are shown, not judged: suites run side by side. */
function chaos(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [join(ROOT, 'scripts/chaos.mjs'), '--no-timed', ...args], { cwd: ROOT });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (output += piece.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve(output));
  });
}
