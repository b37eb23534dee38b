import { randomUUID } from 'node:crypto';
import { PlaceOrders } from '@app/orders';
import type { TestingModule } from '@nestjs/testing';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { jobOf } from '../../../libs/messaging/src/relay/job-of';
import { contexts } from '../../support/contexts';
import { type TestDatabase, testDatabase } from '../../support/database';
import { aPlacement, lines, someProducts } from '../../support/factories';
import { until } from '../../support/processes';
import { checkEffects } from './check-effects';
import { checkSessions } from './check-sessions';
import { QueueDepths } from './queue-depths';

describe('checking a database at rest', () => {
  let database: TestDatabase;
  let app: TestingModule;
  let source: DataSource;

  beforeEach(async () => {
    database = await testDatabase();
    app = await contexts(database.config);
    source = await database.open();
    const [product] = (await someProducts(app, [10])) as [number];
    await app.get(PlaceOrders).execute([aPlacement({ lines: lines([product, 1]) })]);
    await database.query('update messaging.outbox set published_at = now()');
  });
  afterEach(async () => {
    await app.close();
    await database.drop();
  });

  const broken = async () => (await checkEffects(source)).filter(({ holds }) => !holds).map(({ id }) => id);

  it('finds nothing where every effect happened once and every version left the outbox', async () => {
    expect(await broken()).toEqual([]);
    expect((await checkSessions(source)).holds).toBe(true);
  });

  it('finds a stock effect that happened twice (I6)', async () => {
    await database.query(
      `insert into inventory.stock_movements (product_id, kind, quantity, previous_on_hand, new_on_hand, previous_reserved, new_reserved, order_id, processed_by)
       select product_id, kind, quantity, previous_on_hand, new_on_hand, previous_reserved, new_reserved, order_id, processed_by
         from inventory.stock_movements where kind = 'reserve'`,
    );
    expect(await broken()).toEqual(['I6']);
  });

  it('finds a version whose event was never published, or never written (I7)', async () => {
    await database.query('update messaging.outbox set published_at = null');
    expect(await broken()).toEqual(['I7']);
    await database.query('delete from messaging.outbox');
    expect(await broken()).toEqual(['I7']);
  });

  it('finds a lock that is waited for (I12)', async () => {
    const [holder, waiter] = [1, 2].map(() => new Client({ connectionString: database.url })) as [Client, Client];
    await Promise.all([holder.connect(), waiter.connect()]);
    await holder.query('begin; select 1 from inventory.stock_levels for update');
    const waiting = waiter.query('select 1 from inventory.stock_levels for update');
    await until(async () => !(await checkSessions(source)).holds);
    expect((await checkSessions(source)).examples).toEqual(['1 locks are waited for']);
    await holder.query('rollback');
    await waiting;
    await Promise.all([holder.end(), waiter.end()]);
  });

  it('finds a job that is left in a queue (I11)', async () => {
    const queues = new QueueDepths(database.config);
    try {
      expect((await queues.check()).breaches).toBe(0);
      const event = {
        id: randomUUID(),
        type: 'order.placed.v1',
        aggregate_id: randomUUID(),
        aggregate_version: 1,
        correlation_id: 'test',
        payload: {},
        occurred_at: new Date().toISOString(),
      };
      const job = jobOf(event, { subscription: 'run-stage', delayMs: 0, priority: 2 });
      await queues.transport.publish('fulfillment', [job]);
      expect(await queues.check()).toMatchObject({ holds: false, figures: { jobs_left: 1 } });
    } finally {
      await queues.close();
    }
  });
});
