import { type ContextMigrations, migrateUp, migrationStatus } from '@app/platform';
import { Pool } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CONTEXTS } from '../../apps/cli/src/contexts';
import { loadOrders } from '../bench/growth/load-orders';
import { PRODUCTS } from '../bench/load/requests';
import { withClient } from '../bench/lab/database';
import { stockProducts } from '../bench/lab/stock';
import { emptyDatabase, type TestDatabase } from '../support/database';
import { verifyInvariants } from '../support/invariants';

/**
 * Migrations up to this one were tried on a million orders before they landed, or are older than this test. When the rows of
 * test/bench/growth need a newer schema, raise it to the newest migration that landed.
 */
const TRIED_UP_TO = Number(process.env.MIGRATIONS_AFTER ?? 1764170000000);
/** A million is the promise; so few find a migration that cannot be run again, and a lock that is held while something waits. */
const ORDERS = Number(process.env.MIGRATIONS_AT_ORDERS ?? 20_000);
const ORDERS_PER_SECOND = 50;
/** As many requests as may wait at once. */
const CONNECTIONS = 40;

type Migration = new () => MigrationInterface;

const isNew = (migration: Migration) => Number(/\d+$/.exec(migration.name)![0]) > TRIED_UP_TO;
const earlier = (wanted: (migration: Migration) => boolean): ContextMigrations[] =>
  CONTEXTS.map(({ context, migrations }) => ({ context, migrations: migrations.filter(wanted) }));

/** One order of one unit, as it is placed: with its lines, its key, its event, and what it holds. $1: its id, $2: the product. */
const PLACE = `
  with level as (
    update inventory.stock_levels set reserved = reserved + 1 where product_id = $2 returning on_hand, reserved),
  movement as (
    insert into inventory.stock_movements (product_id, order_id, kind, quantity, previous_on_hand, new_on_hand,
                                           previous_reserved, new_reserved, processed_by)
    select $2, $1, 'reserve', 1, on_hand, on_hand, reserved - 1, reserved, 'test' from level),
  reservation as (
    insert into inventory.reservations (order_id, product_id, quantity, state) values ($1, $2, 1, 'held')),
  key as (
    insert into orders.idempotency_keys (key, fingerprint, order_id, reply) values ($1::text, '', $1, '')),
  line as (
    insert into orders.order_lines (order_id, line_no, product_id, product_sku, product_name, quantity, unit_price_minor)
    values ($1, 1, $2, 'SKU', 'Product', 1, 100)),
  event as (
    insert into messaging.outbox (id, type, aggregate_id, aggregate_version, correlation_id, payload, published_at)
    values (uuidv7(), 'order.placed.v1', $1, 1, 'test', '{}', now()))
  insert into orders.orders (id, customer_name, customer_email, total_minor, currency, line_count, changed_by)
  values ($1, 'Ada Buyer', 'ada@example.com', 100, 'USD', 1, 'test')`;

/** The same order, cancelled. */
const CANCEL = `
  with cancelled as (
    update orders.orders set status = 'cancelled', status_since = now(), version = version + 1, changed_by = 'test' where id = $1
    returning id),
  released as (
    update inventory.reservations set state = 'released' where order_id = (select id from cancelled) returning product_id),
  level as (
    update inventory.stock_levels set reserved = reserved - 1 where product_id = (select product_id from released)
    returning product_id, on_hand, reserved)
  insert into inventory.stock_movements (product_id, order_id, kind, quantity, previous_on_hand, new_on_hand,
                                         previous_reserved, new_reserved, processed_by)
  select product_id, $1, 'release', 1, on_hand, on_hand, reserved + 1, reserved, 'test' from level`;

/** Orders that arrive at a rate, whether or not those before them were answered. */
function arrivingOrders(database: TestDatabase, lockTimeoutMs: number) {
  const pool = new Pool({ connectionString: database.url, max: CONNECTIONS, lock_timeout: lockTimeoutMs });
  let slowestMs = 0;
  let answered = 0;
  const failures: string[] = [];
  const underWay = new Set<Promise<void>>();
  const startedAt = Date.now();
  let due = 0;
  const order = async (number: number) => {
    const dueAt = startedAt + (number * 1000) / ORDERS_PER_SECOND;
    try {
      const { rows } = await pool.query<{ id: string }>('select uuidv7() as id');
      await pool.query(PLACE, [rows[0]!.id, 1 + (number % PRODUCTS)]);
      if (number % 2 === 0) await pool.query(CANCEL, [rows[0]!.id]);
      answered++;
    } catch (error) {
      failures.push((error as Error).message);
    }
    slowestMs = Math.max(slowestMs, Date.now() - dueAt);
  };
  const timer = setInterval(() => {
    for (; due * 1000 <= (Date.now() - startedAt) * ORDERS_PER_SECOND; due++) {
      const one = order(due).finally(() => underWay.delete(one));
      underWay.add(one);
    }
  }, 5);
  return {
    /** What the slowest took from the moment at which it should have begun, and why some failed. Begins anew. */
    figures: () => {
      const result = { slowestMs, answered, failures: failures.splice(0) };
      slowestMs = answered = 0;
      return result;
    },
    stop: async () => {
      clearInterval(timer);
      await Promise.all(underWay);
      await pool.end();
    },
  };
}

/** The migration, whose connection is ended while its n-th call runs, or right after it when that is over sooner. */
function stoppedAt(migration: Migration, n: number, terminate: (pid: number, isOver: () => boolean) => Promise<void>) {
  let stopped = false;
  const Stopped = class extends migration {
    override async up(runner: QueryRunner): Promise<void> {
      let calls = 0;
      const query = async (sql: string) => {
        if (++calls !== n) return runner.query(sql);
        stopped = true;
        const [{ pid }] = (await runner.query('select pg_backend_pid() as pid')) as [{ pid: number }];
        let isOver = false;
        const terminated = terminate(pid, () => isOver);
        await runner.query(sql).catch(() => undefined);
        isOver = true;
        await terminated;
        throw new Error('stopped');
      };
      await super.up(new Proxy(runner, { get: (target, key) => (key === 'query' ? query : Reflect.get(target, key)) }));
    }
  };
  Object.defineProperty(Stopped, 'name', { value: migration.name });
  return { migration: Stopped as Migration, wasStopped: () => stopped };
}

describe(`new migrations, at ${ORDERS} orders while ${ORDERS_PER_SECOND} a second arrive`, () => {
  let database: TestDatabase;
  let lockTimeoutMs: number;

  beforeAll(async () => {
    database = await emptyDatabase();
    lockTimeoutMs = database.config.DB_LOCK_TIMEOUT_MS;
    await migrateUp(
      database.config,
      earlier((migration) => !isNew(migration)),
    );
    await withClient(database.url, stockProducts);
    await loadOrders(database.url, ORDERS, () => undefined);
    // A shop that is busy today: each order had a key, and its events are still there.
    await database.query(
      `insert into orders.idempotency_keys (key, fingerprint, order_id, reply)
       select id::text, repeat('f', 64), id, repeat('r', 500) from orders.orders`,
    );
    await database.query(
      `insert into messaging.outbox (id, type, aggregate_id, aggregate_version, correlation_id, payload, published_at)
       select uuidv7(interval '1 ms' * n), 'test.happened.v1', gen_random_uuid(), 1, 'test', '{}', now()
         from generate_series(1, $1::integer) n`,
      [ORDERS],
    );
    await database.query('vacuum analyze');
  }, 1_800_000);
  afterAll(() => database?.drop());

  const terminate = async (pid: number, isOver: () => boolean) => {
    // Only a statement that is at work is stopped half way; what comes before it is another's test.
    const working = async () =>
      (
        await database.query(
          `select from pg_stat_activity where pid = $1 and state = 'active' and query not like 'select pg_backend_pid()%'`,
          [pid],
        )
      ).length > 0;
    while (!isOver() && !(await working()));
    await database.query('select pg_terminate_backend($1, 10000)', [pid]);
  };

  /** Applies a migration, after it was stopped at each of its steps; returns what was seen meanwhile. */
  const applyWithStops = async (
    { context, migrations: before }: ContextMigrations,
    migration: Migration,
    arriving: ReturnType<typeof arrivingOrders>,
  ) => {
    const report: { attempt: string; ms: number; slowestMs: number; answered: number; failures: string[] }[] = [];
    const source = await database.open();
    for (let n = 1; ; n++) {
      const attempt = stoppedAt(migration, n, terminate);
      arriving.figures();
      const startedAt = Date.now();
      // A machine that is busy with the orders takes its time to connect, which is not what this is about.
      const config = { ...database.config, DB_CONNECT_TIMEOUT_MS: 60_000 };
      await migrateUp(config, [{ context, migrations: [...before, attempt.migration] }]).catch((error: unknown) => {
        if (!attempt.wasStopped()) throw error;
      });
      const name = `${migration.name}, ${attempt.wasStopped() ? `stopped at step ${n}` : 'whole'}`;
      report.push({ attempt: name, ms: Date.now() - startedAt, ...arriving.figures() });
      const [status] = await migrationStatus(source, [{ context, migrations: [migration] }]);
      const applied = status!.applied;
      expect([name, applied]).toEqual([name, !attempt.wasStopped()]);
      if (applied) return report;
    }
  };

  it('keep nobody waiting for longer than the lock timeout, and are run again after a stop at each of their steps', async () => {
    const arriving = arrivingOrders(database, lockTimeoutMs);
    const report: Awaited<ReturnType<typeof applyWithStops>> = [];
    const saysWhatWasStopped = jest.spyOn(console, 'log').mockImplementation();
    try {
      for (const { context, migrations } of CONTEXTS)
        for (const [index, migration] of migrations.entries())
          if (isNew(migration))
            report.push(
              ...(await applyWithStops({ context, migrations: migrations.slice(0, index) }, migration, arriving)),
            );
    } finally {
      saysWhatWasStopped.mockRestore();
      await arriving.stop();
    }
    if (process.env.MIGRATIONS_AT_ORDERS) console.log(report);
    expect(report.filter(({ failures, slowestMs }) => failures.length > 0 || slowestMs >= lockTimeoutMs)).toEqual([]);
    // As `cli verify` does: a check of a million orders says nothing for minutes.
    const results = await verifyInvariants(await database.open({ DB_QUERY_TIMEOUT_MS: 0 }));
    expect(results.filter(({ holds }) => !holds)).toEqual([]);
  }, 3_600_000);

  it('would be noticed when they lock orders for longer', async () => {
    const arriving = arrivingOrders(database, 200);
    await database.query('begin');
    await database.query('lock table orders.orders in share row exclusive mode');
    const until = Date.now() + 10_000;
    const seen: string[] = [];
    while (seen.length === 0 && Date.now() < until) {
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(...arriving.figures().failures);
    }
    await database.query('rollback');
    await arriving.stop();
    expect(seen[0]).toContain('lock timeout');
  });

  it('would be noticed when they cannot be run again', async () => {
    class Probe1764250000000 implements MigrationInterface {
      name = 'Probe1764250000000';
      readonly transaction = false;

      async up(runner: QueryRunner): Promise<void> {
        await runner.query('create table probe.first (id bigint primary key)');
        await runner.query('create table probe.second (id bigint primary key)');
      }

      async down(): Promise<void> {
        // Never taken back.
      }
    }
    const arriving = arrivingOrders(database, lockTimeoutMs);
    const saysWhatWasStopped = jest.spyOn(console, 'log').mockImplementation();
    try {
      const trying = applyWithStops({ context: 'probe', migrations: [] }, Probe1764250000000, arriving);
      await expect(trying).rejects.toThrow('relation "first" already exists');
    } finally {
      await arriving.stop();
      saysWhatWasStopped.mockRestore();
    }
  });
});
