import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runReportSchema } from '@app/simulation';
import Database from 'libsql';
import { readPdf } from '../support/pdf';
import { until } from '../support/processes';
import { RUN_INSERTS_LINES, type SimulationStores, simulationStores } from '../support/simulation';

const ROOT = join(__dirname, '../..');
const CLI = join(ROOT, 'dist/apps/cli/src/main.js');

interface Result {
  code: number | null;
  stdout: string;
  stderr: string;
}

let stores: SimulationStores;
let folder: string;
beforeAll(async () => {
  stores = await simulationStores();
  folder = mkdtempSync(join(tmpdir(), 'simulation-commands-'));
});
afterAll(async () => {
  await stores.drop();
  rmSync(folder, { recursive: true, force: true });
});

function start(file: string, args: string[], environment: Record<string, string | undefined> = {}) {
  const child = spawn(process.execPath, [file, ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, NODE_ENV: 'test', DATA_DIR: folder, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const ended = once(child, 'close').then((): Result => ({ code: child.exitCode, ...output }));
  return { child, output, ended };
}

function rowsIn(file: string, table: string): number {
  if (!existsSync(file)) return 0;
  const database = new Database(file, { timeout: 5000 });
  try {
    return database.prepare(`select id from ${table} limit 1`).all().length;
  } catch {
    return 0;
  } finally {
    database.close();
  }
}

const ownDatabases = () => ({
  SIMULATION_USERS_URL: stores.databases.user.url,
  SIMULATION_PRODUCTS_URL: stores.databases.product.url,
  SIMULATION_ORDERS_URL: stores.databases.order.url,
});
const run = (args: string[], environment = {}) => start(CLI, args, environment).ended;

describe('run_inserts', () => {
  it.each([
    ['files', ['--engine', 'sqlite'], () => ({})],
    ['databases of its own', [], ownDatabases],
  ])('prints exactly its lines, on %s', async (_, args, environment) => {
    const { code, stdout, stderr } = await run(['run_inserts', '--threads', '4', ...args], environment());
    const lines = stdout.trimEnd().split('\n');
    expect(lines.at(-1)).toBe('All insertions completed');
    expect(lines.slice(0, -1).sort()).toEqual(RUN_INSERTS_LINES);
    expect([code, stderr]).toEqual([0, '']);
  });

  it('needs nothing that runs: it starts a database server and stops it', async () => {
    const fresh = mkdtempSync(join(tmpdir(), 'simulation-fresh-'));
    try {
      const { code, stdout, stderr } = await start(
        join(ROOT, 'scripts/run.mjs'),
        ['cli', 'run_inserts', '--threads', '4'],
        {
          DATA_DIR: fresh,
        },
      ).ended;
      expect([code, stdout.trimEnd().split('\n').length]).toEqual([0, 31]);
      expect(stderr).toContain('Starting PostgreSQL for this command');
      expect(() => readFileSync(join(fresh, 'postgres/postmaster.pid'))).toThrow('ENOENT');
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
  }, 120_000);
});

describe('simulate_insertions', () => {
  it('prints a table for each entity, the summary, and how many threads there were', async () => {
    const { code, stdout } = await run(['simulate_insertions', '--engine', 'sqlite', '--threads', '15']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/CONCURRENT INSERTION SIMULATION RESULTS\n=+\nTotal execution time: \d+\.\d\d seconds\n/);
    for (const text of [
      'Threads Used: 15',
      'USERS TABLE (users.db):',
      'Successful insertions: 8\nFailed insertions: 2',
      "  ✓ [UserThread-3] User(id=3, name='Charlie', email='charlie@example.com')",
      "  ✗ [UserThread-10] (10, '', 'jane@example.com') - Error: User validation errors: Name cannot be empty",
      'PRODUCTS TABLE (products.db):',
      'ORDERS TABLE (orders.db):',
      'Total successful insertions: 24',
      'Total failed insertions: 6',
      'Success rate: 80.0%',
      'In flight together: at most 15',
    ])
      expect(stdout).toContain(text);
  });

  it('takes rows from a file and leaves its report in another', async () => {
    const [rows, output] = [join(folder, 'rows.csv'), join(folder, 'report.json')];
    writeFileSync(rows, 'entity,id,name,email,price\nuser,1,Jane,jane@example.com,\nproduct,1,Gift,,5\n');
    const { code } = await run(['simulate_insertions', '--engine', 'sqlite', '--rows', rows, '--output', output]);
    expect(code).toBe(0);
    const report = runReportSchema.parse(JSON.parse(readFileSync(output, 'utf8')));
    expect(report).toMatchObject({ summary: { rows: 2, inserted: 2 }, options: { rows: 'given', engine: 'sqlite' } });
  });

  it('ends with a report and 130 when it is interrupted', async () => {
    const data = { DATA_DIR: join(folder, 'interrupted') };
    const simulation = start(
      CLI,
      ['simulate_insertions', '--engine', 'sqlite', '--count', '3000', '--delay-ms', '20', '--json'],
      data,
    );
    // It is at work when the first rows are in the file.
    await until(async () => rowsIn(join(data.DATA_DIR, 'simulation/users.db'), 'users') > 0);
    simulation.child.kill('SIGINT');
    const { code, stdout } = await simulation.ended;
    expect(code).toBe(130);
    const report = runReportSchema.parse(JSON.parse(stdout));
    expect(report.end).toBe('interrupted');
    expect(report.summary.notAttempted).toBeGreaterThan(0);
  });

  it('names what is wrong with an option', async () => {
    const { code, stderr } = await run(['simulate_insertions', '--threads', '65']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('Give a whole number from 1 to 64.')]);
  });
});

describe('simulation', () => {
  it('makes one store at a time, lists them, and empties them', async () => {
    const data = { DATA_DIR: join(folder, 'migrated') };
    const migrated = await run(['simulation', 'migrate', '--database=users_db', '--engine', 'sqlite'], data);
    expect(migrated.stdout).toBe('applied users_db: Users1763700000000\n');
    const status = await run(['simulation', 'status', '--engine', 'sqlite'], data);
    expect([status.code, status.stdout.match(/^(applied|MISSING)/gm)]).toEqual([1, ['applied', 'MISSING', 'MISSING']]);
    const flushed = await run(['simulation', 'flush', '--engine', 'sqlite', '--yes'], data);
    expect(flushed.stdout).toBe('Emptied users_db, products_db, orders_db.\n');
  });

  it('compares numbers of threads on the same rows', async () => {
    const { code, stdout } = await run([
      'simulation',
      'compare',
      '--engine',
      'sqlite',
      '--threads',
      '1,3',
      '--count',
      '30',
      '--delay-ms',
      '0',
      '--json',
    ]);
    const { runs } = JSON.parse(stdout);
    expect([
      code,
      runs.map(({ threads, inFlightMax, errors }: Record<string, number>) => [threads, inFlightMax, errors]),
    ]).toEqual([
      0,
      [
        [1, 1, 0],
        [3, 3, 0],
      ],
    ]);
  });
});

describe('generate_pdf_report', () => {
  it('writes a PDF with every attempt and the figures that it prints, and replaces one that is there', async () => {
    const file = join(folder, 'report.pdf');
    writeFileSync(file, 'an older one');
    const { code, stdout } = await run(
      ['generate_pdf_report', '--engine', 'sqlite', '--threads', '7', '--output', file, '--json'],
      {},
    );
    const figures = JSON.parse(stdout) as { inserted: number; failed: number; successRatePercent: number };
    const { text } = readPdf(readFileSync(file));
    expect(code).toBe(0);
    for (const figure of [
      'Total Threads Used 7',
      `Total Successful ${figures.inserted}`,
      `Total Failed ${figures.failed}`,
      `Success Rate ${figures.successRatePercent.toFixed(1)}%`,
    ])
      expect(text).toContain(figure);
    expect(new Set(text.match(/\b(User|Product|Order)Thread-\d+ (SUCCESS|FAILED)/g)).size).toBe(30);
    expect(existsSync(`${file}.part`)).toBe(false);
  });

  it('says before the run that it cannot write there', async () => {
    const { code, stderr } = await run(
      ['generate_pdf_report', '--engine', 'sqlite', '--output', join(folder, 'missing', 'report.pdf')],
      {},
    );
    expect(code).toBe(1);
    expect(stderr).toContain('--output: nothing can be written to');
  });
});
