import { join } from 'node:path';
import type { Attempt } from '../contracts/attempt';
import type { RunReport } from '../contracts/run-report';
import { engineSchema } from '../contracts/simulation-options';
import { insertLine } from '../report/console-report';
import { builtinRows } from '../rows/builtin-rows';
import { RUN_INSERTS_LINES, type SimulationStores, simulationStores } from '../../../../test/support/simulation';
import { until } from '../../../../test/support/processes';

const FAILING_THREAD = join(__dirname, '../../../../test/support/failing-thread.cjs');
const RUNS = Number(process.env.INSERTION_RUNS ?? 5);
/** On a busy machine a run takes seconds. */
const TIMEOUT_MS = 60_000 + RUNS * 15_000;
const DUPLICATES = { count: 240, duplicates: 0.1, seed: 5 };

let stores: SimulationStores;
beforeAll(async () => {
  stores = await simulationStores();
});
afterAll(() => stores.drop());
// Whatever became of a run, its connections are closed.
afterEach(() => until(async () => (await stores.connections()) === 0));

const linesOf = ({ attempts }: RunReport) => attempts.map(insertLine);
const accepted = ({ attempts }: RunReport) =>
  attempts
    .filter(({ outcome }) => outcome === 'inserted')
    .map(({ index }) => index)
    .sort((one, other) => one - other);
const addsUp = ({ summary, tables }: RunReport) => {
  expect(summary.inserted + summary.failed + summary.notAttempted).toBe(summary.rows);
  expect(tables.map(({ inserted }) => inserted).reduce((sum, each) => sum + each)).toBe(summary.inserted);
};

describe.each(engineSchema.options)('a simulation on %s', (engine) => {
  it(
    'inserts the thirty rows with the same result every time, each time in another order',
    async () => {
      const orders = new Set<string>();
      for (let run = 0; run < RUNS; run++) {
        const report = await stores.run({ rules: 'basic', engine, threads: 6 }, {}, { writesIds: false });
        expect(linesOf(report).sort()).toEqual(RUN_INSERTS_LINES);
        expect(report.summary).toMatchObject({ rows: 30, inserted: 27, failed: 3, validated: 30 });
        expect(report.summary.overlap.overlapping).toBeGreaterThan(1);
        addsUp(report);
        orders.add(linesOf(report).join('\n'));
      }
      expect(orders.size).toBeGreaterThan(1);
      expect((await stores.rows(engine, 'user')).map(({ name }) => String(name)).sort()).toEqual(
        builtinRows('basic')
          .users.map(({ name }) => name)
          .sort(),
      );
    },
    TIMEOUT_MS,
  );

  it('lets nothing overlap with one thread', async () => {
    const { summary, attempts } = await stores.run({ rules: 'basic', engine, threads: 1 });
    expect(summary.overlap).toMatchObject({ inFlightMax: 1, overlapping: 0 });
    expect(new Set(attempts.map(({ worker }) => worker)).size).toBe(1);
  });

  it('has exactly as many attempts in flight as were asked for', async () => {
    const { summary, attempts } = await stores.run({ rules: 'basic', engine, threads: 7 });
    expect(summary.overlap.inFlightMax).toBe(7);
    expect(new Set(attempts.map(({ worker }) => worker)).size).toBe(7);
  });

  it(
    'accepts with sixteen threads what one thread accepts, and no e-mail twice',
    async () => {
      const serial = await stores.run({ rows: DUPLICATES, engine, threads: 1 });
      expect(serial.summary.failed).toBeGreaterThan(5);
      for (let run = 0; run < RUNS; run++) {
        const report = await stores.run({ rows: DUPLICATES, engine, threads: 16 });
        expect(accepted(report)).toEqual(accepted(serial));
        addsUp(report);
        const emails = (await stores.rows(engine, 'user')).map(({ email }) => email);
        expect(new Set(emails).size).toBe(emails.length);
        expect(report.attempts.filter(({ outcome }) => outcome === 'error')).toEqual([]);
        expect(report.summary.overlap.inFlightMax).toBe(16);
      }
    },
    TIMEOUT_MS,
  );

  it('refuses with the strict rules what is not good, not unique or not there', async () => {
    const report = await stores.run({ engine, threads: 3 });
    expect(
      Object.fromEntries(report.attempts.flatMap(({ thread, reason }) => (reason === null ? [] : [[thread, reason]]))),
    ).toEqual({
      'UserThread-8': 'User validation errors: Email already exists: alice@example.com',
      'UserThread-10': 'User validation errors: Name cannot be empty',
      'ProductThread-10': 'Product validation errors: Price cannot be negative: -50.00',
      'OrderThread-8': 'Order validation errors: Quantity must be positive: 0',
      'OrderThread-9': 'Order validation errors: Quantity must be positive: -1',
      'OrderThread-10': 'Order validation errors: User does not exist: 10, Product does not exist: 11',
    });
    expect(report.summary).toMatchObject({ successRatePercent: 80, validated: 30 });
  });

  it('spreads the rows over shards without losing sight of what is unique', async () => {
    const plain = await stores.run({ rows: DUPLICATES, engine, threads: 1 });
    const report = await stores.run({ rows: DUPLICATES, engine, threads: 6, shards: 2 });
    expect(accepted(report)).toEqual(accepted(plain));
    const ids = (await stores.rows(engine, 'product')).map(({ id }) => Number(id));
    expect(ids).toHaveLength(40);
    expect(ids.every((id) => id % 2 === 1)).toBe(true);
    expect(report.tables.map(({ stores: names }) => names.length)).toEqual([2, 2, 2]);
  });

  it('fails the rows of threads that throw or die, and no others', async () => {
    const report = await stores.run({ rules: 'basic', engine, threads: 4 }, {}, { threadFile: FAILING_THREAD });
    const lost = report.attempts.filter(({ outcome }) => outcome === 'error');
    expect(Object.fromEntries(lost.map(({ index, reason }) => [index, reason]))).toEqual({
      4: 'The thread failed: out of order',
      9: 'The thread failed: worker exited with code: 3',
    });
    expect(report).toMatchObject({ end: 'all_attempted', summary: { rows: 30, inserted: 25, failed: 5 } });
    expect(report.summary.overlap.inFlightMax).toBeLessThanOrEqual(4);
  });

  it('ends when it is told to, with what is in flight and a report of it', async () => {
    const controller = new AbortController();
    const heard: Attempt[] = [];
    const report = await stores.run(
      { rows: { count: 300 }, engine, threads: 4, delayMs: 2 },
      {
        signal: controller.signal,
        onAttempt: (attempt, { ended }) => {
          heard.push(attempt);
          if (ended === 20) controller.abort();
        },
      },
    );
    expect(report.end).toBe('interrupted');
    expect(report.attempts).toHaveLength(heard.length);
    expect(heard.length).toBeLessThanOrEqual(24);
    expect(report.summary.notAttempted).toBe(300 - heard.length);
    addsUp(report);
    const stored = await Promise.all(
      (['user', 'product', 'order'] as const).map((entity) => stores.rows(engine, entity)),
    );
    expect(stored.flat()).toHaveLength(report.summary.inserted);
  });
});

it('goes on when a store is lost in the middle: its rows fail, the others get in', async () => {
  let lost: Promise<unknown> | undefined;
  const report = await stores.run(
    { rows: { count: 300 }, rules: 'basic', threads: 8, delayMs: 2 },
    {
      onAttempt: (_, { ended }) => {
        if (ended !== 40) return;
        const name = new URL(stores.databases.product.url).pathname.slice(1);
        lost = stores.databases.order.query(`alter database ${name} allow_connections false`).then(() =>
          stores.databases.order.query(
            `select pg_terminate_backend(pid) from pg_stat_activity
              where datname = $1 and application_name like 'order-fulfillment simulation%'`,
            [name],
          ),
        );
      },
    },
  );
  await lost;
  const name = new URL(stores.databases.product.url).pathname.slice(1);
  await stores.databases.order.query(`alter database ${name} allow_connections true`);
  const [users, products, orders] = report.tables;
  expect([users!.failed, orders!.failed]).toEqual([0, 0]);
  expect(products!.failed).toBeGreaterThan(20);
  expect(report).toMatchObject({ end: 'all_attempted', summary: { notAttempted: 0 } });
  expect((await stores.rows('postgres', 'product')).length).toBeGreaterThanOrEqual(products!.inserted);
  expect(stores.logged.map(([, event]) => event)).toContain('simulation.insert_failed');
});

it('reports each attempt to whoever listens, once and in the order of their ends', async () => {
  stores.logged.length = 0;
  const heard: number[] = [];
  const report = await stores.run({ engine: 'sqlite', threads: 3 }, { onAttempt: ({ index }) => heard.push(index) });
  expect(heard).toEqual(report.attempts.map(({ index }) => index));
  expect([...heard].sort((one, other) => one - other)).toEqual(Array.from({ length: 30 }, (_, index) => index));
  // What is refused is a log line without the row, which may be about a person.
  expect(stores.logged.map(([, event]) => event)).toEqual(Array(6).fill('simulation.row_refused'));
  expect(JSON.stringify(stores.logged)).not.toMatch(/example\.com|Alice/);
});

it.each([
  [{ threads: 65 }, 'threads: Must be at most 64.'],
  [{ threads: 0 }, 'threads: Must be at least 1.'],
  [{ shards: 9 }, 'shards: Must be at most 8.'],
  [{ rows: { users: [{ id: 1, name: 'x'.repeat(101), email: '' }] } }, 'rows'],
])('refuses %j', async (wish, sentence) => {
  await expect(stores.run(wish)).rejects.toThrow(sentence);
});

it('says so when the server has too few connections for its threads', async () => {
  await expect(stores.run({ threads: 64, shards: 8 })).rejects.toThrow(
    /64 threads need 512 connections, .* ask for at most/,
  );
});
