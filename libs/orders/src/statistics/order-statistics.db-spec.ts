import { ApplyTransitions, OrderStatisticsRepository, type OrderStatus, PlaceOrders } from '@app/orders';
import type { TestingModule } from '@nestjs/testing';
import { contexts } from '../../../../test/support/contexts';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';
import { aPlacement, lines, someProducts } from '../../../../test/support/factories';
import { TESTER } from '../../../../test/support/principals';

describe('statistics of orders', () => {
  let database: TestDatabase;
  let app: TestingModule;
  let product: number;
  let statistics: OrderStatisticsRepository;

  beforeAll(async () => {
    database = await testDatabase();
    app = await contexts(database.config);
    statistics = app.get(OrderStatisticsRepository);
    [product] = (await someProducts(app, [100_000])) as [number];
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const place = async (count: number) => {
    const outcomes = await app
      .get(PlaceOrders)
      .execute(Array.from({ length: count }, (_, index) => aPlacement({ lines: lines([product, 1 + (index % 3)]) })));
    return outcomes.map((outcome) => (outcome.result === 'placed' ? outcome.placed.order.id : ''));
  };
  const move = (orderIds: string[], ...way: OrderStatus[]) =>
    way.reduce(
      (before, to) =>
        before.then(() =>
          app
            .get(ApplyTransitions)
            .execute(orderIds.map((orderId) => ({ orderId, to, principal: TESTER, requestId: null, reason: 'test' }))),
        ),
      Promise.resolve<unknown>(undefined),
    );
  /** The same figures counted in the table. */
  const counted = async () => {
    const [row] = await database.query<Record<string, number> & { revenue: string }>(
      `select count(*) as total, count(*) filter (where created_at >= now() - interval '24 hours') as recent,
              coalesce(sum(total_minor) filter (where created_at >= now() - interval '24 hours' and status not in ('cancelled', 'failed')), 0)::text as revenue,
              count(*) filter (where status = 'pending') as pending, count(*) filter (where status = 'delivered') as delivered,
              count(*) filter (where status = 'cancelled') as cancelled, count(*) filter (where status = 'failed') as failed,
              avg(extract(epoch from completed_at - created_at))::float8 as seconds
         from orders.orders`,
    );
    return row!;
  };
  const expectAgreement = async () => {
    const [read, table] = [await statistics.read(), await counted()];
    expect({
      total: read.total,
      recent: read.recent,
      revenue: read.recentRevenueMinor,
      pending: read.byStatus.pending,
      delivered: read.byStatus.delivered,
      cancelled: read.byStatus.cancelled,
      failed: read.byStatus.failed,
    }).toEqual({
      total: table.total,
      recent: table.recent,
      revenue: BigInt(table.revenue),
      pending: table.pending,
      delivered: table.delivered,
      cancelled: table.cancelled,
      failed: table.failed,
    });
    if (table.seconds === null) expect(read.averageProcessingSeconds).toBeNull();
    else expect(read.averageProcessingSeconds).toBeCloseTo(table.seconds!, 3);
  };

  it('agree with the table after every kind of change, folded or not', async () => {
    await expectAgreement();
    const orders = await place(30);
    await expectAgreement();
    await move(orders.slice(0, 10), 'processing', 'shipped', 'delivered');
    await move(orders.slice(10, 15), 'cancelled');
    await move(orders.slice(15, 18), 'processing', 'failed');
    await expectAgreement();
    expect(await statistics.fold()).toBeGreaterThan(0);
    expect(await statistics.fold()).toBe(0);
    await expectAgreement();
    await place(5);
    await expectAgreement();
  });

  it('agree when orders grow older than the window, or are changed by hand', async () => {
    const [old, edge] = await place(2);
    await database.query(`update orders.orders set created_at = now() - interval '25 hours' where id = $1`, [old]);
    await database.query(
      `update orders.orders set created_at = now() - interval '23 hours 59 minutes 59 seconds' where id = $1`,
      [edge],
    );
    await expectAgreement();
    await statistics.fold();
    await expectAgreement();
    await database.query(`delete from orders.orders where id = $1`, [old]);
    await expectAgreement();
  });

  it('agree while eight writers and two folders run at once', async () => {
    const writers = Array.from({ length: 8 }, async () => {
      const orders = await place(20);
      await move(orders.slice(0, 10), 'processing', 'shipped', 'delivered');
      await move(orders.slice(10), 'cancelled');
    });
    let writing = true;
    const folders = [1, 2].map(async () => {
      while (writing) await statistics.fold();
    });
    await Promise.all(writers);
    writing = false;
    await Promise.all(folders);
    await expectAgreement();
  });

  it('count orders past their deadline as stale, but not while they wait for their turn or have just had it', async () => {
    const before = (await statistics.read()).stale;
    const [order] = await place(1);
    await database.query(`update orders.orders set status_since = now() - interval '6 minutes' where id = $1`, [order]);
    expect((await statistics.read()).stale).toBe(before);
    const published = (ago: string) =>
      database.query(`update messaging.outbox set published_at = now() - interval '${ago}' where aggregate_id = $1`, [
        order,
      ]);
    await published('4 minutes');
    expect((await statistics.read()).stale).toBe(before);
    await published('6 minutes');
    expect((await statistics.read()).stale).toBe(before + 1);
  });
});
