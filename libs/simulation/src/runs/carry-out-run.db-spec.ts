import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessagingModule } from '@app/messaging';
import { type Config, newId, PlatformModule, Transactions, UnavailableError } from '@app/platform';
import {
  CarryOutRun,
  reportDocumentSchema,
  RequestRun,
  RUNS_KEPT_MAX,
  RUNS_UNDER_WAY_MAX,
  RunSimulation,
  RunsRepository,
  SimulationRunsModule,
  type SimulationWish,
  SweepStaleRuns,
  TooManyRunsError,
} from '@app/simulation';
import { Test, type TestingModule } from '@nestjs/testing';
import { emptyDatabase, type TestDatabase, testDatabase } from '../../../../test/support/database';
import { TESTER } from '../../../../test/support/principals';
import { until } from '../../../../test/support/processes';

/** Jest compiles nothing for threads: they run what was built. */
const THREAD_FILE = join(__dirname, '../../../../dist/libs/simulation/src/run/insert-thread.js');
const ON_FILES: SimulationWish = { engine: 'sqlite', threads: 4 };
/** Takes long enough to be stopped in the middle: one writer that waits for two seconds with each row. */
const SLOW: SimulationWish = { engine: 'sqlite', threads: 1, delayMs: 2000 };

describe('stored simulations', () => {
  let folder: string;
  let database: TestDatabase;
  let apps: TestingModule[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'simulation-runs-'));
    database = await testDatabase({ DATA_DIR: folder });
    apps = [];
  });
  afterEach(async () => {
    await Promise.all(apps.map((app) => app.close()));
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const aWorker = async (settings: Partial<Config> = {}) => {
    const app = await Test.createTestingModule({
      imports: [PlatformModule.for({ ...database.config, ...settings }, 'test'), MessagingModule, SimulationRunsModule],
    }).compile();
    await app.init();
    apps.push(app);
    const simulation = app.get(RunSimulation, { strict: false });
    const execute = simulation.execute.bind(simulation);
    simulation.execute = (wish, listeners, settings) =>
      execute(wish, listeners, { ...settings, threadFile: THREAD_FILE });
    const get = <Class>(type: new (...given: never[]) => Class) => app.get<Class>(type, { strict: false });
    return {
      app,
      carryOut: get(CarryOutRun),
      request: get(RequestRun),
      runs: get(RunsRepository),
      sweep: get(SweepStaleRuns),
    };
  };
  const asked = { principal: TESTER, requestId: 'test' };
  const silence = (id: string) =>
    database.query(`update simulation_runs.runs set progressed_at = now() - interval '16 seconds' where id = $1`, [id]);
  const queuedEvents = async () =>
    (await database.query(`select 1 from messaging.outbox where type = 'simulation_run.queued.v1'`)).length;

  it('end completed, with the report of every attempt as JSON and as PDF', async () => {
    const { request, carryOut, runs } = await aWorker();
    const { id } = await request.execute(ON_FILES, asked);
    await (
      await carryOut.execute(id)
    ).ended;
    const run = await runs.get(id);
    const report = reportDocumentSchema.parse(JSON.parse(await runs.getReport(id)));
    expect(run).toMatchObject({ status: 'completed', starts: 1, totalRows: 30, failureReason: null });
    expect([run.insertedRows, run.failedRows]).toEqual([report.summary.inserted, report.summary.failed]);
    expect(report).toMatchObject({ run_id: id, options: { threads: 4 }, attempts: { length: 30 } });
    expect((await runs.getPdf(id)).subarray(0, 5).toString()).toBe('%PDF-');
    await (
      await carryOut.execute(id)
    ).ended;
    expect(await runs.get(id)).toEqual(run);
  });

  it('are carried out one at a time, and put back by a worker that stops', async () => {
    const { request, carryOut, runs } = await aWorker();
    const other = await aWorker();
    const [slow, quick] = [await request.execute(SLOW, asked), await request.execute(ON_FILES, asked)];
    await carryOut.execute(slow.id);
    await expect(other.carryOut.execute(quick.id)).rejects.toThrow(UnavailableError);
    await (
      await other.carryOut.execute(slow.id)
    ).ended;
    expect(await runs.get(slow.id)).toMatchObject({ status: 'running', starts: 1 });
    const before = await queuedEvents();
    carryOut.onModuleDestroy();
    await carryOut.beforeApplicationShutdown();
    expect(await runs.get(slow.id)).toMatchObject({ status: 'queued' });
    expect(await queuedEvents()).toBe(before + 1);
    await (
      await other.carryOut.execute(quick.id)
    ).ended;
    expect(await runs.get(quick.id)).toMatchObject({ status: 'completed' });
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;
  onLinux('yield to what else their worker does', async () => {
    const { request, carryOut } = await aWorker();
    const { id } = await request.execute(SLOW, asked);
    const { ended } = await carryOut.execute(id);
    await until(async () => threadPriorities().includes(getPriority() + 10));
    carryOut.onModuleDestroy();
    await ended;
  });

  it('are put back when their worker is gone, and given up the third time', async () => {
    const { request, runs, sweep, app } = await aWorker();
    const { id } = await request.execute(ON_FILES, asked);
    const transactions = app.get(Transactions, { strict: false });
    for (const starts of [1, 2]) {
      await transactions.run((tx) => runs.begin(tx, id));
      expect(await sweep.execute()).toEqual({ putBack: 0, failed: 0, sentAgain: 0 });
      await silence(id);
      expect(await sweep.execute()).toEqual({ putBack: 1, failed: 0, sentAgain: 0 });
      expect(await runs.get(id)).toMatchObject({ status: 'queued', starts });
      expect(await queuedEvents()).toBe(1 + starts);
    }
    await transactions.run((tx) => runs.begin(tx, id));
    await silence(id);
    expect(await sweep.execute()).toEqual({ putBack: 0, failed: 1, sentAgain: 0 });
    expect(await runs.get(id)).toMatchObject({
      status: 'failed',
      failureReason: 'Its worker stopped in the middle, 3 times.',
    });
  });

  it('take nothing any more from a worker that was thought to be gone', async () => {
    const { request, runs, app } = await aWorker();
    const { id } = await request.execute(ON_FILES, asked);
    const transactions = app.get(Transactions, { strict: false });
    const first = await transactions.run((tx) => runs.begin(tx, id));
    await transactions.run((tx) => runs.putBack(tx, first!));
    await transactions.run((tx) => runs.begin(tx, id));
    const counts = { insertedRows: 30, failedRows: 0 };
    expect(await runs.progress(first!, counts)).toBe(false);
    expect(
      await transactions.run((tx) => runs.complete(tx, first!, { ...counts, report: '{}', pdf: Buffer.alloc(0) })),
    ).toBe(false);
    expect(await transactions.run((tx) => runs.fail(tx, first!, 'late'))).toBe(false);
    expect(await runs.get(id)).toMatchObject({ status: 'running', starts: 2, insertedRows: 0 });
  });

  it('meet nothing of a store that is put into the database of the product', async () => {
    const [products, orders] = await Promise.all([emptyDatabase(), emptyDatabase()]);
    try {
      const { request, carryOut, runs } = await aWorker({
        SIMULATION_USERS_URL: database.url,
        SIMULATION_PRODUCTS_URL: products.url,
        SIMULATION_ORDERS_URL: orders.url,
      });
      const { id } = await request.execute({ threads: 2 }, asked);
      await (
        await carryOut.execute(id)
      ).ended;
      expect(await runs.get(id)).toMatchObject({ status: 'completed', insertedRows: 24 });
      expect(await database.query('select count(*) from simulation.users')).toEqual([{ count: 8 }]);
    } finally {
      await Promise.all([products.drop(), orders.drop()]);
    }
  });

  it('end failed when they cannot begin', async () => {
    const { request, carryOut, runs } = await aWorker();
    rmSync(folder, { recursive: true });
    const { id } = await request.execute({ ...ON_FILES, engine: 'postgres', threads: 64 }, asked);
    await database.query(
      `update simulation_runs.runs set options = jsonb_set(options, '{threads}', '65') where id = $1`,
      [id],
    );
    await (
      await carryOut.execute(id)
    ).ended;
    expect(await runs.get(id)).toMatchObject({ status: 'failed', failureReason: expect.stringContaining('threads') });
  });

  it('end failed when they keep the others waiting for too long', async () => {
    const { request, carryOut, runs } = await aWorker();
    const { id } = await request.execute(SLOW, asked);
    await (
      await carryOut.execute(id, { minutesMax: 1 / 600 })
    ).ended;
    expect(await runs.get(id)).toMatchObject({
      status: 'failed',
      failureReason: expect.stringContaining('fewer rows'),
    });
  });

  it('wait in a row that has a bound, however many ask at once', async () => {
    const { request } = await aWorker();
    const answers = await Promise.allSettled(
      Array.from({ length: RUNS_UNDER_WAY_MAX + 5 }, () => request.execute(ON_FILES, asked)),
    );
    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
    expect(refused.map((error) => error instanceof TooManyRunsError)).toEqual([true, true, true, true, true]);
    expect(await queuedEvents()).toBe(RUNS_UNDER_WAY_MAX);
  });

  it('are kept up to a bound, and the oldest that have ended make room', async () => {
    const { request, runs } = await aWorker();
    const waiting = await request.execute(ON_FILES, asked);
    for (let index = 0; index < RUNS_KEPT_MAX; index++)
      await database.query(
        `insert into simulation_runs.runs (id, status, options, total_rows, inserted_rows, created_by, request_id, started_at, ended_at)
         values ($1, 'completed', '{}', 1, 1, 'test', 'test', now(), now())`,
        [newId()],
      );
    await request.execute(ON_FILES, asked);
    expect(await runs.count(1000)).toBe(RUNS_KEPT_MAX + 1);
    expect(await runs.get(waiting.id)).toMatchObject({ status: 'queued' });
  });
});

/** Of the threads of this process; a higher number is a lower priority. */
function threadPriorities(): number[] {
  return readdirSync('/proc/self/task').flatMap((thread) => {
    try {
      return Number(readFileSync(`/proc/self/task/${thread}/stat`, 'utf8').split(') ')[1]!.split(' ')[16]);
    } catch {
      // It has ended since.
      return [];
    }
  });
}
