import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Mutation, NamedTest } from './mutations';

const ROOT = join(__dirname, '../..');
/** What the suites read; without node_modules, which is linked, and without anything that was built. */
const COPIED = ['apps', 'libs', 'test', 'scripts', 'package.json', 'jest.config.cjs', '.swcrc', 'tsconfig.json'];
/** For the tests of one measure. */
const JEST_TIMEOUT_MS = 280_000;

const run = promisify(execFile);

/** What a test came to: `not_run` when it was not found, or its file could not be loaded. */
export interface Verdict {
  status: 'passed' | 'failed' | 'not_run';
  /** The first line of what it failed with, so that a person sees whether it failed for the right reason. */
  because: string;
}

/** A throw-away copy of the source in which safety can be taken away. */
export class MutatedCopy {
  private readonly folder = mkdtempSync(join(tmpdir(), 'order-fulfillment-mutations-'));

  constructor() {
    for (const name of COPIED) cpSync(join(ROOT, name), join(this.folder, name), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'));
    // The servers are those of the test run that makes this copy.
    writeFileSync(
      join(this.folder, 'jest.copy.cjs'),
      `const { globalSetup, globalTeardown, ...config } = require('./jest.config.cjs');\nmodule.exports = config;\n`,
    );
  }

  /** Takes the measure away, runs the work, and puts it back. */
  async without<T>({ file, text, replacement }: Mutation, work: () => Promise<T>): Promise<T> {
    const path = join(this.folder, file);
    const source = readFileSync(path, 'utf8');
    writeFileSync(
      path,
      source.replace(text, () => replacement),
    );
    try {
      return await work();
    } finally {
      writeFileSync(path, source);
    }
  }

  /** Migrates an empty database with the migrations as they are in the copy now. */
  async migrate(databaseUrl: string): Promise<void> {
    const options = { cwd: this.folder, env: { ...process.env, DATABASE_URL: databaseUrl } };
    await run(process.execPath, ['scripts/build.mjs', 'dist'], options);
    await run(process.execPath, ['dist/apps/cli/src/main.js', 'migrate'], options);
  }

  /** Runs these tests, on copies of the given database, and returns what each came to. */
  async verdicts(
    tests: readonly NamedTest[],
    template: string,
    environment: Record<string, string> = {},
    timeoutMs = JEST_TIMEOUT_MS,
  ): Promise<Verdict[]> {
    const result = join(this.folder, 'result.json');
    rmSync(result, { force: true });
    const specs = [...new Set(tests.map(({ spec }) => join(this.folder, spec)))];
    const titles = [...new Set(tests.map(({ title }) => patternOf(title)))];
    // What was taken away may be what ends: a handler that nobody waits for, a connection that nobody closes.
    const jest = [
      join(this.folder, 'node_modules/jest/bin/jest.js'),
      '--config',
      'jest.copy.cjs',
      '--runInBand',
      '--forceExit',
    ];
    await run(
      process.execPath,
      [
        ...jest,
        '--json',
        `--outputFile=${result}`,
        '--testNamePattern',
        titles.join('|'),
        '--runTestsByPath',
        ...specs,
      ],
      {
        cwd: this.folder,
        env: { ...process.env, ...environment, TEST_TEMPLATE: template },
        timeout: timeoutMs,
        maxBuffer: 1e8,
      },
    ).catch((error: { killed?: boolean }) => {
      if (error.killed) throw new Error(`jest did not end within ${timeoutMs} ms`, { cause: error });
      // A test that fails is what this is about: the report tells.
    });
    const report = JSON.parse(readFileSync(result, 'utf8')) as Report;
    return tests.map((test) => verdictOn(test, report, this.folder));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

interface Report {
  testResults: { name: string; assertionResults: { title: string; status: string; failureMessages: string[] }[] }[];
}

function verdictOn({ spec, title }: NamedTest, { testResults }: Report, folder: string): Verdict {
  const pattern = new RegExp(patternOf(title));
  const results = testResults
    .filter(({ name }) => name === join(folder, spec))
    .flatMap(({ assertionResults }) => assertionResults)
    .filter((result) => pattern.test(result.title));
  if (results.length === 0) return { status: 'not_run', because: '' };
  const failed = results.find(({ status }) => status === 'failed');
  const because = failed?.failureMessages[0]?.split('\n')[0] ?? '';
  return { status: failed ? 'failed' : 'passed', because };
}

/** A title as jest shows it: the placeholder of a table of cases stands for anything. */
function patternOf(title: string): string {
  return title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('%s', '.*');
}
