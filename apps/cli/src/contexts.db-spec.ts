import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AdjustStock } from '@app/inventory';
import {
  ApplyTransitions,
  OrderStatisticsRepository,
  type OrderStatus,
  PlaceBatch,
  PlaceOrders,
  RewriteSearchWords,
} from '@app/orders';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { contexts } from '../../../test/support/contexts';
import { type TestDatabase, testDatabase } from '../../../test/support/database';
import { aPlacement, lines, someProducts } from '../../../test/support/factories';
import { verifyInvariants, type VerifyOptions } from '../../../test/support/invariants';
import { TESTER } from '../../../test/support/principals';

const PENDING = '00000000-0000-4000-8000-000000000001';
const DELIVERED = '00000000-0000-4000-8000-000000000002';
const CANCELLED = '00000000-0000-4000-8000-000000000003';
const FAILED = '00000000-0000-4000-8000-000000000004';
const BATCH = '00000000-0000-4000-8000-000000000005';
const IN_BATCH = ['00000000-0000-4000-8000-000000000006', '00000000-0000-4000-8000-000000000007'];

const TOTALS = 'the statistics count the orders of each state as the table does';
const MINUTES = 'the statistics of the last 24 hours count each minute as the table does';
const WORDS = 'each order has words that a search finds it by, and each word an order';
const ALERTS = 'alerts name the products with little or no stock, and only those';
const SUMS = 'the kept sums of the ledger are those of its movements';
/** What says once more what other tables say. */
const KEPT = [TOTALS, MINUTES, WORDS, ALERTS, SUMS];
/** How the runbook makes it anew. */
const REPAIRS = [
  .../^### Kept figures and words$[^]*?(?=^##)/m
    .exec(readFileSync(join(__dirname, '../../../docs/runbook.md'), 'utf8'))![0]
    .matchAll(/^```sql$([^]*?)^```$/gm),
].map(([, sql]) => sql!);
/** The deltas of the statistics as the periodic job folds them. */
const FOLDED = `
  with taken as (delete from orders.statistics_deltas returning *),
       minutes as (insert into orders.statistics_minutes select minute, status, sum(orders), sum(total_minor) from taken group by 1, 2)
  insert into orders.statistics_totals select status, sum(orders), sum(processing_ms) from taken group by 1`;
const CLEANED_UP_UNTIL_TOMORROW = `insert into audit.clean_ups values ('order', now() + interval '1 day')`;
const ORDER_VERSIONS = 'order versions are 1 to n without a gap, but for old ones that were cleaned up';
const PRODUCT_VERSIONS = 'product versions are 1 to n without a gap, but for old ones that were cleaned up';

/** Invariants, and ways to break each by hand, past every trigger. */
const DAMAGE: [name: string, how: string, sql: string][] = [
  ['every product has its stock level', 'a level is gone', `delete from inventory.stock_levels where product_id = 3`],
  ['every product has its stock level', 'a product is gone', `delete from products.products where id = 3`],
  [
    '0 ≤ reserved ≤ on hand',
    'oversold',
    `alter table inventory.stock_levels drop constraint stock_levels_never_oversold;
     update inventory.stock_levels set reserved = on_hand + 1 where product_id = 1`,
  ],
  [
    'held reservations add up to reserved',
    'a reservation grew',
    `update inventory.reservations set quantity = quantity + 1 where state = 'held' and product_id = 1`,
  ],
  [ALERTS, 'a product without its alert', `delete from inventory.stock_alerts where product_id = 3`],
  [ALERTS, 'an alert without need', `insert into inventory.stock_alerts (product_id, kind) values (1, 'low')`],
  [
    'the last movement left the level as it is',
    'a level changed without a movement',
    `update inventory.stock_levels set on_hand = on_hand + 1 where product_id = 1`,
  ],
  [
    'each movement begins where the one before it ended',
    'two movements with a step between them',
    `update inventory.stock_movements set previous_on_hand = previous_on_hand + 1, new_on_hand = new_on_hand + 1
      where id = (select min(id) from inventory.stock_movements)`,
  ],
  [
    'movements add up to the level',
    'movements are gone',
    `delete from inventory.stock_movements where product_id = 2 and kind = 'receive'`,
  ],
  [
    'movements add up to the level',
    'movements of a product without a level',
    `update inventory.stock_movements set product_id = 99 where product_id = 2`,
  ],
  [
    SUMS,
    'kept one too many',
    `insert into inventory.ledger_sums select product_id, min(id), 101, 0, 0 from inventory.stock_movements where product_id = 1 group by 1`,
  ],
  [SUMS, 'kept for movements that are gone', `insert into inventory.ledger_sums values (3, 1000, 7, 0, 0)`],
  [
    SUMS,
    'kept fewer that left',
    `insert into inventory.ledger_sums
     select product_id, max(id), sum(new_on_hand - previous_on_hand), sum(new_reserved - previous_reserved), 2
       from inventory.stock_movements where product_id = 1 group by 1`,
  ],
  [
    'received ± adjusted − fulfilled − damaged = on hand',
    'a quantity that is not what was moved',
    `alter table inventory.stock_movements drop constraint stock_movements_add_up;
     update inventory.stock_movements set quantity = quantity + 1 where kind = 'damage'`,
  ],
  [
    'each reservation moved stock once when made and once when resolved',
    'fulfilled in the name of another order',
    `update inventory.stock_movements set order_id = gen_random_uuid() where kind = 'fulfill' and product_id = 1`,
  ],
  [
    'each idempotency key has one order or batch of its own',
    'a key without its order',
    `update orders.idempotency_keys set order_id = gen_random_uuid() where order_id is not null`,
  ],
  [
    'each idempotency key has one order or batch of its own',
    'a key without its batch',
    `update orders.idempotency_keys set batch_id = gen_random_uuid() where batch_id is not null`,
  ],
  [
    'each idempotency key has one order or batch of its own',
    'a second key for a batch',
    `insert into orders.idempotency_keys (key, fingerprint, batch_id, reply) values ('other', '', '${BATCH}', '')`,
  ],
  [
    'each idempotency key has one order or batch of its own',
    'a second key for an order',
    `insert into orders.idempotency_keys (key, fingerprint, order_id, reply) values ('other', '', '${PENDING}', '')`,
  ],
  [
    'the counts of a batch agree with its results and with the orders that carry its id',
    'a result is gone',
    `delete from orders.order_batch_results where index = 1`,
  ],
  [
    'the counts of a batch agree with its results and with the orders that carry its id',
    'a result beyond the last order',
    `update orders.order_batch_results set index = 7 where index = 2`,
  ],
  [
    'the counts of a batch agree with its results and with the orders that carry its id',
    'counted one too many',
    `alter table orders.order_batches drop constraint order_batches_done_has_all;
     update orders.order_batches set total_orders = total_orders + 1`,
  ],
  [
    'the counts of a batch agree with its results and with the orders that carry its id',
    'an order that forgot its batch',
    `update orders.orders set batch_id = null where id = (select order_id from orders.order_batch_results where index = 0)`,
  ],
  [
    'the counts of a batch agree with its results and with the orders that carry its id',
    'a result that names another order',
    `update orders.order_batch_results set order_id = '${PENDING}' where index = 0`,
  ],
  [
    'the counts of a batch agree with its results and with the orders that carry its id',
    'orders of a batch that is not there',
    `delete from orders.order_batches; delete from orders.order_batch_results`,
  ],
  [
    'batches come to an end',
    'under way, and nothing waits',
    `update orders.order_batches set status = 'processing', completed_at = null, failed_orders = 0`,
  ],
  [
    'batches come to an end',
    'ended, and orders wait',
    `insert into orders.order_batch_chunks (batch_id, first_index, requests) values ('${BATCH}', 0, '[]')`,
  ],
  [
    'external references are unique',
    'two orders with one reference',
    `drop index orders.orders_external_reference_key;
     update orders.orders set external_reference = 'same'`,
  ],
  [
    'lines add up to the order, none is missing',
    'another total',
    `update orders.orders set total_minor = total_minor + 1 where id = '${DELIVERED}'`,
  ],
  [
    'lines add up to the order, none is missing',
    'another number of lines',
    `update orders.orders set line_count = line_count + 1 where id = '${DELIVERED}'`,
  ],
  [
    'lines add up to the order, none is missing',
    'an order without lines',
    `delete from orders.order_lines where order_id = '${FAILED}'`,
  ],
  [
    'lines add up to the order, none is missing',
    'lines without an order',
    `delete from orders.orders where id = '${FAILED}'`,
  ],
  [
    'nothing final holds stock',
    'cancelled and holding',
    `update orders.orders set status = 'cancelled' where id = '${PENDING}'`,
  ],
  [ORDER_VERSIONS, 'a version is gone', `delete from audit.order_versions where id = '${DELIVERED}' and version = 2`],
  [
    ORDER_VERSIONS,
    'the first version is gone',
    `delete from audit.order_versions where id = '${DELIVERED}' and version = 1`,
  ],
  [
    ORDER_VERSIONS,
    'a change that was not kept',
    `update orders.orders set version = version + 1 where id = '${PENDING}'`,
  ],
  [
    ORDER_VERSIONS,
    'a deleted order with a gap',
    `delete from orders.orders where id = '${DELIVERED}'; delete from audit.order_versions where version = 2`,
  ],
  [
    ORDER_VERSIONS,
    'a gap within what a clean-up left',
    `${CLEANED_UP_UNTIL_TOMORROW}; delete from audit.order_versions where id = '${DELIVERED}' and version = 2`,
  ],
  [
    ORDER_VERSIONS,
    'the newest superseded version is gone, and older ones are there',
    `${CLEANED_UP_UNTIL_TOMORROW}; delete from audit.order_versions where id = '${DELIVERED}' and version = 3`,
  ],
  [
    ORDER_VERSIONS,
    'a version younger than the clean-up is gone',
    `insert into audit.clean_ups values ('order', now() - interval '1 day');
     delete from audit.order_versions where id = '${DELIVERED}' and version = 1`,
  ],
  [
    ORDER_VERSIONS,
    'all versions of an order that still moves are gone after a clean-up',
    `${CLEANED_UP_UNTIL_TOMORROW}; update orders.orders set status = 'shipped', completed_at = null where id = '${DELIVERED}';
     delete from audit.order_versions where id = '${DELIVERED}'`,
  ],
  [
    PRODUCT_VERSIONS,
    'versions of a product are gone after a clean-up of orders',
    `${CLEANED_UP_UNTIL_TOMORROW}; update products.products set version = 3 where id = 3`,
  ],
  [
    'every order version says who made it',
    'nobody now',
    `update orders.orders set changed_by = '' where id = '${PENDING}'`,
  ],
  [
    'every order version says who made it',
    'nobody before',
    `update audit.order_versions set row = row - 'changed_by' where version = 1`,
  ],
  [
    'orders only went where the transition table allows',
    'a state was skipped',
    `update audit.order_versions set row = jsonb_set(row, '{status}', '"shipped"') where id = '${DELIVERED}' and version = 2`,
  ],
  [
    'orders only went where the transition table allows',
    'not placed as pending',
    `update audit.order_versions set row = jsonb_set(row, '{status}', '"processing"') where id = '${DELIVERED}' and version = 1`,
  ],
  [PRODUCT_VERSIONS, 'a version was skipped', `update products.products set version = 3 where id = 3`],
  ['every product version says who made it', 'nobody', `update products.products set changed_by = '' where id = 3`],
  [
    'no event waits in the outbox for more than 60 s',
    'an event that no relay takes',
    `update messaging.outbox set published_at = null, rank = null, occurred_at = now() - interval '61 seconds' where aggregate_version = 1`,
  ],
  [
    'a reservation is held if and only if its order holds stock',
    'a pending order that holds nothing',
    `update inventory.reservations set state = 'released' where order_id = '${PENDING}'`,
  ],
  [
    'a reservation is held if and only if its order holds stock',
    'delivered, and its units given back',
    `update inventory.reservations set state = 'released' where order_id = '${DELIVERED}'`,
  ],
  [
    'a reservation is held if and only if its order holds stock',
    'failed and holding',
    `update inventory.reservations set state = 'held' where order_id = '${FAILED}'`,
  ],
  [
    'each line has its reservation of the same quantity',
    'ordered more than reserved',
    `update orders.order_lines set quantity = quantity + 1 where order_id = '${PENDING}' and line_no = 1`,
  ],
  [
    'each line has its reservation of the same quantity',
    'reserved what was not ordered',
    `insert into inventory.reservations (order_id, product_id, quantity, state) values ('${DELIVERED}', 3, 1, 'fulfilled')`,
  ],
  [
    TOTALS,
    'one too many',
    `${FOLDED}; update orders.statistics_totals set orders = orders + 1 where status = 'delivered'`,
  ],
  [
    TOTALS,
    'another time of processing',
    `${FOLDED}; update orders.statistics_totals set processing_ms = processing_ms + 1`,
  ],
  [TOTALS, 'emptied', `${FOLDED}; delete from orders.statistics_totals`],
  [
    TOTALS,
    'a delta is gone',
    `delete from orders.statistics_deltas where id = (select min(id) from orders.statistics_deltas)`,
  ],
  [MINUTES, 'another revenue', `${FOLDED}; update orders.statistics_minutes set total_minor = total_minor + 1`],
  [MINUTES, 'emptied', `${FOLDED}; delete from orders.statistics_minutes`],
  [WORDS, 'emptied', `delete from orders.order_search`],
  [WORDS, 'those of one order are gone', `delete from orders.order_search where order_id = '${PENDING}'`],
  [
    WORDS,
    'words of an order that is not there',
    `update orders.order_search set order_id = gen_random_uuid() where order_id = '${PENDING}'`,
  ],
];

describe('the invariants of all contexts', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;

  beforeEach(async () => {
    database = await testDatabase();
    app = await contexts(database.config);
    await populate();
  });
  afterEach(async () => {
    await app?.close();
    await database?.drop();
  });

  const verify = (options?: VerifyOptions) => verifyInvariants(app.get(DataSource), options);
  const breached = async (options?: VerifyOptions) =>
    (await verify(options)).filter(({ holds }) => !holds).map(({ name }) => name);

  async function populate(): Promise<void> {
    await someProducts(app, [100, 50, 0]);
    const place = app.get(PlaceOrders, { strict: false });
    const idempotency = { key: 'key-1', fingerprint: 'f', render: () => '{}' };
    await place.execute([
      aPlacement({ orderId: PENDING, lines: lines([1, 2], [2, 1]), externalReference: 'PO-1', idempotency }),
      aPlacement({ orderId: DELIVERED, lines: lines([1, 3]) }),
      aPlacement({ orderId: CANCELLED, lines: lines([1, 4], [2, 4]) }),
      aPlacement({ orderId: FAILED, lines: lines([2, 5]) }),
    ]);
    await app.get(PlaceBatch, { strict: false }).execute({
      batchId: BATCH,
      requests: [
        aPlacement({ orderId: IN_BATCH[0], lines: lines([2, 2]) }),
        aPlacement({ lines: lines([3, 1]) }),
        aPlacement({ orderId: IN_BATCH[1], lines: lines([2, 1]) }),
      ],
      errorPolicy: 'reject_failed',
      dryRun: false,
      requestId: 'test-request',
      principal: TESTER,
      idempotency: { key: 'key-2', fingerprint: 'f', render: () => '{}' },
    });
    await move(DELIVERED, 'processing', 'shipped', 'delivered');
    for (const id of [CANCELLED, ...IN_BATCH]) await move(id, 'cancelled');
    await move(FAILED, 'processing', 'failed');
    const adjust = app.get(AdjustStock, { strict: false });
    await adjust.execute({ principal: TESTER, productId: 1, type: 'damage', quantity: 7 });
    await adjust.execute({ principal: TESTER, productId: 2, type: 'set', quantity: 60 });
    await database.query('update messaging.outbox set published_at = now()');
  }

  async function move(orderId: string, ...states: OrderStatus[]): Promise<void> {
    for (const to of states)
      await app
        .get(ApplyTransitions, { strict: false })
        .execute([{ orderId, to, principal: TESTER, requestId: 'test-request', reason: null }]);
  }

  it('finds nothing wrong with what the use cases wrote, and shows figures', async () => {
    const results = await verify();
    expect(results.filter(({ holds }) => !holds)).toEqual([]);
    const figures = (name: string) => results.find((result) => result.name === name)?.figures;
    expect(figures('0 ≤ reserved ≤ on hand')).toEqual({ on_hand: 100 - 3 - 7 + 60, reserved: 3 });
    expect(figures('orders come to an end')).toEqual({ moving: 1, past_deadline: 0 });
    expect(figures('each reservation moved stock once when made and once when resolved')).toEqual({
      held: 2,
      fulfilled: 1,
      released: 5,
    });
  });

  it.each(DAMAGE)('finds: %s (%s)', async (name, _, sql) => {
    await database.query(`set session_replication_role = replica`);
    await database.query(sql);
    const result = (await verify()).find((each) => each.name === name && !each.holds);
    expect(result).toMatchObject({
      breaches: expect.any(Number),
      examples: expect.arrayContaining([expect.any(String)]),
    });
    expect(result!.breaches).toBeGreaterThan(0);
  });

  it.each(DAMAGE.filter(([name]) => KEPT.includes(name)))(
    'is right again after the repair of the runbook: %s (%s)',
    async (name, how, sql) => {
      await database.query(`set session_replication_role = replica`);
      await database.query(sql);
      await database.query(`set session_replication_role = origin`);
      expect(await breached()).toContain(name);
      for (const repair of REPAIRS) await database.query(repair);
      await app.get(RewriteSearchWords, { strict: false }).execute();
      expect([how, await breached()]).toEqual([how, []]);
      await app.get(OrderStatisticsRepository, { strict: false }).fold();
      await move(PENDING, 'cancelled');
      expect(await breached()).toEqual([]);
    },
  );

  it('has a way to break every invariant that can be broken while work is under way', async () => {
    const onlyAtRest = ['orders come to an end', 'no session lingers in a transaction or waits for a lock'];
    const figureOnly = ['every job that failed for good is kept as a dead letter'];
    const names = (await verify()).map(({ name }) => name);
    const shown = new Set([...DAMAGE.map(([name]) => name), ...onlyAtRest, ...figureOnly]);
    expect(names.filter((name) => !shown.has(name))).toEqual([]);
  });

  it('gives at most five examples, and counts all', async () => {
    await database.query(`set session_replication_role = replica`);
    await database.query(`insert into inventory.reservations (order_id, product_id, quantity, state)
      select gen_random_uuid(), 3, 1, 'released' from generate_series(1, 9)`);
    const result = (await verify()).find(({ name }) => name === 'each line has its reservation of the same quantity')!;
    expect([result.breaches, result.examples.length]).toEqual([9, 5]);
  });

  it('takes unfinished orders and unpublished events for breaches only when everything should be at rest', async () => {
    await database.query('update messaging.outbox set published_at = null');
    expect(await breached()).toEqual([]);
    expect(await breached({ quiescent: true })).toEqual([
      'orders come to an end',
      'no event waits in the outbox for more than 60 s',
    ]);
    await move(PENDING, 'cancelled');
    await database.query('update messaging.outbox set published_at = now()');
    expect(await breached({ quiescent: true })).toEqual([]);
  });

  it('takes no tick of the schedule for work that is left, unless it waits for long', async () => {
    const fired = (ago: string) =>
      database.query(`insert into messaging.outbox (id, type, aggregate_id, aggregate_version, correlation_id, payload, occurred_at)
        values (gen_random_uuid(), 'schedule.clean_up_messages.v1', gen_random_uuid(), 1, 'tick', '{}', now() - interval '${ago}')`);
    const before = await breached({ quiescent: true });
    await fired('1 second');
    expect(await breached({ quiescent: true })).toEqual(before);
    await fired('2 minutes');
    expect(await breached({ quiescent: true })).toEqual([...before, 'no event waits in the outbox for more than 60 s']);
    await database.query(`delete from messaging.outbox where correlation_id = 'tick'`);
  });

  it('counts orders past the deadlines that it is given', async () => {
    const deadlines = { pending: 0, processing: 10, shipped: 60 };
    const result = (await verify({ deadlines })).find(({ name }) => name === 'orders come to an end');
    expect(result).toMatchObject({ holds: true, figures: { moving: 1, past_deadline: 1 } });
  });

  it('finds a session that lingers in a transaction when everything should be at rest', async () => {
    const runner = (await database.open()).createQueryRunner();
    await runner.startTransaction();
    await runner.query('select 1');
    const lingers = async () =>
      (await breached({ quiescent: true })).some((name) => name.startsWith('no session lingers'));
    const until = Date.now() + 5000;
    let found = await lingers();
    while (!found && Date.now() < until) found = await lingers();
    await runner.rollbackTransaction();
    await runner.release();
    expect([found, await lingers()]).toEqual([true, false]);
  });

  it('is right while orders are placed and moved', async () => {
    let working = true;
    const work = async () => {
      while (working) {
        const { orderId, ...placement } = aPlacement({ lines: lines([1, 1], [2, 1]) });
        await app.get(PlaceOrders, { strict: false }).execute([{ orderId, ...placement }]);
        await move(orderId, 'processing', 'cancelled');
      }
    };
    const workers = [work(), work(), work()];
    const seen: string[] = [];
    for (let round = 0; round < 10; round++) seen.push(...(await breached()));
    working = false;
    await Promise.all(workers);
    expect(seen).toEqual([]);
  });

  it('writes nothing and rejects when it is interrupted', async () => {
    const controller = new AbortController();
    const checking = verify({ signal: controller.signal, onCheck: () => controller.abort(new Error('stop')) });
    await expect(checking).rejects.toThrow();
    await expect(verify({ signal: controller.signal })).rejects.toThrow('stop');
    expect(await breached()).toEqual([]);
  });
});
