import { CleanUpHistory } from '@app/audit';
import { CleanUpMessages, EventFeedRepository } from '@app/messaging';
import {
  CleanUpIdempotencyKeys,
  OrderBatchesRepository,
  OrderPlaced,
  OrderStatisticsRepository,
  StaleOrdersRepository,
  TRACKED_ORDERS,
} from '@app/orders';
import { Transactions } from '@app/platform';
import type { TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { contexts } from '../support/contexts';
import { type TestDatabase, testDatabase } from '../support/database';
import { rowsRead } from '../support/rows-read';
import { recordStatements, type Statement } from '../support/statements';

const DELIVERED = 40_000;
/** Each has an event that waits, so none of them is stale. */
const WAITING = 10_000;
/** Of whatever is cleaned up. */
const EXPIRED = 15_000;
const KEPT = 60_000;
/** What one statement of a clean-up removes at most. */
const REMOVED = 5000;
const PAGE = 1000;
const FOLDED = 50_000;
const NIL = '00000000-0000-0000-0000-000000000000';

/** Fills all of it at once. Triggers are left out: what they would write is filled, too. */
const FILL = `
  set session_replication_role = replica;
  insert into orders.orders (id, customer_name, status, total_minor, currency, line_count, changed_by, processing_started_at, completed_at,
                             status_since)
  select gen_random_uuid(), 'Customer', case when n <= ${DELIVERED} then 'delivered' else 'pending' end, 100, 'USD', 1, 'test',
         case when n <= ${DELIVERED} then now() end, case when n <= ${DELIVERED} then now() end, now() - interval '1 day'
    from generate_series(1, ${DELIVERED + WAITING}) n;
  insert into messaging.outbox (id, type, aggregate_id, aggregate_version, correlation_id, payload, published_at, rank)
  select (lpad(to_hex((extract(epoch from now()) * 1000)::bigint), 12, '0') || substr(replace(gen_random_uuid()::text, '-', ''), 13))::uuid,
         '${OrderPlaced.type}', id, 1, 'x', '{}', case when status = 'delivered' then now() - interval '1 hour' end, 2 from orders.orders;
  insert into orders.statistics_deltas (minute, status, orders, total_minor, processing_ms)
  select date_trunc('minute', now()), 'pending', 1, 1, 1 from generate_series(1, ${2 * FOLDED});
  insert into orders.idempotency_keys (key, fingerprint, order_id, reply, created_at)
  select n::text, 'f', gen_random_uuid(), '{}', now() - case when n <= ${EXPIRED} then interval '60 days' else interval '0' end - n * interval '1 ms'
    from generate_series(1, ${EXPIRED + KEPT}) n;
  insert into messaging.dead_letters (id, queue, type, envelope, code, reason, attempts, resolved_at, resolution)
  select gen_random_uuid(), 'orders', 'x', '{}', 'X', 'x', 1, now() - case when n <= ${EXPIRED} then interval '900 days' else interval '0' end - n * interval '1 ms',
         'discarded' from generate_series(1, ${EXPIRED + KEPT}) n;
  insert into audit.order_versions (id, version, row, superseded_at)
  select id, version, '{}', now() - case when n <= ${EXPIRED} then interval '900 days' else interval '0' end - n * interval '1 ms'
    from (select id, row_number() over () as n from orders.orders) o, generate_series(1, 2) version;
  insert into orders.order_batches (id, status, error_policy, total_orders, successful_orders, created_by, request_id, progressed_at,
                                    completed_at)
  select gen_random_uuid(), case when n <= ${KEPT} then 'success' else 'pending' end, 'reject_failed', 1, case when n <= ${KEPT} then 1 else 0 end,
         'test', 'x', now() - interval '1 day', case when n <= ${KEPT} then now() end from generate_series(1, ${KEPT + PAGE}) n;
  set session_replication_role = origin;`;

const GROWING = [
  'orders.orders',
  'messaging.outbox',
  'orders.statistics_deltas',
  'orders.idempotency_keys',
  'messaging.dead_letters',
  'orders.order_batches',
  'audit.order_versions',
];

/** What works on them, and how many rows it may read when they are full: a small multiple of what it is about. */
const WORK: Record<string, [rowsMax: number, run: (app: TestingModule) => Promise<unknown>]> = {
  'the look for stale orders': [4 * WAITING, (app) => app.get(StaleOrdersRepository).findStale('pending', 600, PAGE)],
  'the statistics': [3 * WAITING + 5 * FOLDED, (app) => app.get(OrderStatisticsRepository).read()],
  'the fold of the statistics': [7 * FOLDED, (app) => app.get(OrderStatisticsRepository).fold()],
  'the claim of stale batches': [
    5 * PAGE,
    (app) => app.get(Transactions).run((tx) => app.get(OrderBatchesRepository).claimStale(tx, 10, NIL, PAGE)),
  ],
  'a page of the feed': [
    3 * PAGE,
    (app) => app.get(EventFeedRepository).readAfter([OrderPlaced.type], { tx: 0n, version: 0, id: NIL }, PAGE),
  ],
  'the look how much a reader of the feed missed': [
    3 * PAGE,
    (app) => app.get(EventFeedRepository).hasMoreThan({ tx: 0n, version: 0, id: NIL }, PAGE),
  ],
  'the removal of idempotency keys': [4 * REMOVED, (app) => app.get(CleanUpIdempotencyKeys).execute()],
  // Found, locked, numbered, probed for the first of its row and for its order, removed and counted: ten reads each.
  'the removal of old versions': [11 * REMOVED, (app) => app.get(CleanUpHistory).execute([TRACKED_ORDERS])],
  'the removal of messages': [2 * EXPIRED + 4 * REMOVED, (app) => app.get(CleanUpMessages).execute()],
};

/** Postgres plans with statistics of the past: these tables fill and empty faster than anybody analyzes them. */
describe.each(['while they were empty', 'while they were full'])('tables that were analyzed %s', (analyzed) => {
  const statements = new Map<string, Statement[]>();
  let database: TestDatabase;

  beforeAll(async () => {
    database = await testDatabase();
    const app = await contexts(database.config);
    const recorded = recordStatements(app.get(DataSource));
    for (const [name, [, run]] of Object.entries(WORK)) {
      await run(app);
      statements.set(
        name,
        recorded.splice(0).filter(({ sql }) => /^\s*(with|select|update|delete)/i.test(sql)),
      );
    }
    await app.close();
    await database.query('set enable_seqscan = off'); // as the services plan
    for (const table of GROWING) await database.query(`alter table ${table} set (autovacuum_enabled = false)`);
    const analyze = () => database.query(`analyze ${GROWING.join(', ')}`);
    if (analyzed === 'while they were empty') await analyze();
    await database.query(FILL);
    if (analyzed !== 'while they were empty') await analyze();
  }, 240_000);
  afterAll(async () => {
    await database?.drop();
  });

  it.each(Object.entries(WORK))('%s reads what it is about, and no table from end to end', async (name, [rowsMax]) => {
    const rows = await rowsRead(database, statements.get(name)!);
    expect(rows).toBeGreaterThan(0);
    expect(rows).toBeLessThan(rowsMax);
  });
});
