import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunResult } from './run-scenario';
import type { Backend } from './scenario';

const ROOT = join(__dirname, '../..');
const SEED = 4711;
const RUN_WITHIN_MS = 180_000;

/** A few of the scenarios, for every test run; `npm run chaos` runs them all, with as many seeds as wanted. */
const SELECTION: [scenario: string, backend: Backend][] = [
  ['api-killed', 'postgres'],
  ['commit-outcome-unknown', 'postgres'],
  ['worker-killed', 'redis'],
  ['redis-frozen', 'redis'],
  ['postgres-restarted', 'postgres'],
  ['crossing-buyers', 'redis'],
];

describe('chaos', () => {
  let folder: string;

  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'order-fulfillment-chaos-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  describe.each(SELECTION)('%s, queues on %s', (scenario, backend) => {
    const run = backend === 'postgres' || process.env.TEST_REDIS_URL !== undefined ? it : it.skip;

    run(
      'leaves every promise intact',
      async () => {
        const output = await chaos(
          '--scenario',
          scenario,
          '--backend',
          backend,
          '--seed',
          String(SEED),
          '--folder',
          folder,
        );
        const file = join(folder, `${scenario}-${backend}-${SEED}`, 'result.json');
        const { checks, error } = JSON.parse(readFileSync(file, 'utf8')) as RunResult;
        if (error !== undefined) throw new Error(output);
        expect(checks.filter(({ holds }) => !holds)).toEqual([]);
        expect(new Set(checks.map(({ id }) => id))).toEqual(
          new Set([...Array.from({ length: 13 }, (_, index) => `I${index + 1}`), ...checks.map(({ id }) => id)]),
        );
      },
      RUN_WITHIN_MS,
    );
  });
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
