import { CleanUpHistory } from '@app/audit';
import {
  AmendOrder,
  ApplyTransitions,
  OrdersRepository,
  type OrderStatus,
  PlaceOrders,
  TRACKED_ORDERS,
} from '@app/orders';
import { ProductsRepository, TRACKED_PRODUCTS } from '@app/products';
import type { INestApplicationContext } from '@nestjs/common';
import { Principal } from '@app/platform';
import { DataSource } from 'typeorm';
import { contexts } from '../../../test/support/contexts';
import { type TestDatabase, testDatabase } from '../../../test/support/database';
import { aPlacement, lines, someProducts } from '../../../test/support/factories';
import { TESTER } from '../../../test/support/principals';
import { verifyInvariants } from '../../../test/support/invariants';

describe('cleaning up the history', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;
  let product: number;

  beforeEach(async () => {
    database = await testDatabase({ HISTORY_RETENTION_DAYS: '90' });
    app = await contexts(database.config);
    [product] = (await someProducts(app, [1000])) as [number];
  });
  afterEach(async () => {
    await app?.close();
    await database?.drop();
  });

  const cleanUp = () => app.get(CleanUpHistory, { strict: false }).execute([TRACKED_ORDERS, TRACKED_PRODUCTS]);
  const place = async (...way: OrderStatus[]) => {
    const placement = aPlacement({ lines: lines([product, 1]) });
    await app.get(PlaceOrders, { strict: false }).execute([placement]);
    await move(placement.orderId, ...way);
    return placement.orderId;
  };
  const move = async (orderId: string, ...way: OrderStatus[]) => {
    for (const to of way)
      await app
        .get(ApplyTransitions, { strict: false })
        .execute([{ orderId, to, principal: Principal.system('worker'), requestId: null, reason: `to ${to}` }]);
  };
  /** Makes everything that happened to a row so far older. */
  const age = async (table: string, name: string, id: string | number, days: number) => {
    const columns = name === 'order' ? ['created_at', 'updated_at', 'status_since'] : ['created_at', 'updated_at'];
    const earlier = (column: string) => `${column} = ${column} - interval '${days} days'`;
    const inJson = columns.map((column) => `'${column}', (row ->> '${column}')::timestamptz - interval '${days} days'`);
    await database.query(`set session_replication_role = replica`);
    await database.query(`update ${table} set ${columns.map(earlier).join(', ')} where id = '${id}'`);
    await database.query(
      `update audit.${name}_versions set ${earlier('superseded_at')}, row = row || jsonb_build_object(${inJson.join(', ')})
        where id = '${id}'`,
    );
    await database.query(`set session_replication_role = origin`);
  };
  const ageOrder = (id: string, days: number) => age('orders.orders', 'order', id, days);
  const kept = async (name: string, id: string | number) =>
    (
      await database.query<{ version: number }>(
        `select version from audit.${name}_versions where id = '${id}' order by version`,
      )
    ).map(({ version }) => version);
  const breaches = async () =>
    (await verifyInvariants(app.get(DataSource))).filter(({ id, holds }) => id === 'I4' && !holds);

  it('removes the superseded versions of old final orders, and nothing of young ones', async () => {
    const [old, young] = [await place('processing', 'shipped', 'delivered'), await place('cancelled')];
    await ageOrder(old, 91);
    await ageOrder(young, 89);
    await cleanUp();
    expect([await kept('order', old), await kept('order', young)]).toEqual([[], [1]]);
    expect(await breaches()).toEqual([]);
    await cleanUp();
    expect(await kept('order', young)).toEqual([1]);
  });

  it('keeps every version of an order that still moves, however old, until it is final', async () => {
    const id = await place('processing', 'pending', 'processing');
    await ageOrder(id, 200);
    await cleanUp();
    expect(await kept('order', id)).toEqual([1, 2, 3]);
    expect(await breaches()).toEqual([]);
    await move(id, 'shipped', 'delivered');
    await cleanUp();
    // Version 4 was superseded today.
    expect(await kept('order', id)).toEqual([4, 5]);
    expect(await breaches()).toEqual([]);
  });

  it('lets an old order be read, with a history that begins later and says so', async () => {
    const id = await place('processing');
    await ageOrder(id, 1);
    await app.get(AmendOrder, { strict: false }).execute(id, { notes: 'amended' }, { principal: TESTER });
    await ageOrder(id, 100);
    await move(id, 'shipped', 'delivered');
    await cleanUp();
    const orders = app.get(OrdersRepository, { strict: false });
    expect(await orders.countHistory(id, 100)).toBe(3);
    const history = await orders.getHistory(id, { descending: true, limit: 10 });
    expect(history.map(({ change }) => [change.row.version, change.type, change.changes.length > 0])).toEqual([
      [5, 'updated', true],
      [4, 'updated', true],
      [3, 'updated', false],
    ]);
    expect((await orders.getHistory(id, { descending: true, limit: 2 })).map(({ order }) => order.version)).toEqual([
      5, 4,
    ]);
    expect(
      (await orders.getHistory(id, { descending: false, after: 3, limit: 5 })).map(({ order }) => order.version),
    ).toEqual([4, 5]);
    const detail = await orders.getDetail(id);
    // Who brought it to processing is not known any more: version 3 only amended it.
    expect(detail.history).toMatchObject([
      { from: 'processing', to: 'shipped', changedBy: 'worker', notes: 'to shipped' },
      { from: 'shipped', to: 'delivered' },
    ]);
    await expect(orders.getDetailAsOf(id, new Date(detail.order.createdAt.getTime() + 1))).rejects.toMatchObject({
      code: 'ORDER_VERSION_NOT_KEPT',
    });
    await expect(orders.getDetailAsOf(id, new Date(0))).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' });
    expect((await orders.getDetailAsOf(id, new Date())).order.version).toBe(5);
  });

  it('leaves an old final order with its last change of state', async () => {
    const id = await place('processing', 'shipped', 'delivered');
    await ageOrder(id, 100);
    await cleanUp();
    const { history } = await app.get(OrdersRepository, { strict: false }).getDetail(id);
    expect(history).toMatchObject([{ from: null, to: 'delivered', changedBy: 'worker', notes: 'to delivered' }]);
  });

  it('removes old versions of products, which are never final, and keeps younger ones', async () => {
    const price = (minor: number) =>
      database.query(`update products.products set price_minor = ${minor} where id = ${product}`);
    await price(1);
    await price(2);
    await age('products.products', 'product', product, 91);
    await price(3);
    await price(4);
    await cleanUp();
    expect(await kept('product', product)).toEqual([3, 4]);
    const history = await app
      .get(ProductsRepository, { strict: false })
      .getHistory(product, { descending: true, limit: 10 });
    expect(history.map(({ row, changes }) => [row.version, changes])).toEqual([
      [5, [{ field: 'price_minor', from: 3, to: 4 }]],
      [4, [{ field: 'price_minor', from: 2, to: 3 }]],
      [3, []],
    ]);
    expect(await breaches()).toEqual([]);
  });

  it('removes the versions of rows that are gone', async () => {
    const id = await place('cancelled');
    await database.query(`delete from orders.orders where id = '${id}'`);
    await cleanUp();
    expect(await kept('order', id)).toEqual([1, 2]);
    await database.query(`update audit.order_versions set superseded_at = superseded_at - interval '91 days'`);
    await cleanUp();
    expect(await kept('order', id)).toEqual([]);
  });

  it('leaves no gap when the clock was set back between two versions', async () => {
    const id = await place('processing', 'shipped', 'delivered');
    await ageOrder(id, 89);
    await database.query(
      `update audit.order_versions set superseded_at = superseded_at - interval '2 days' where id = '${id}' and version = 2`,
    );
    await cleanUp();
    expect(await kept('order', id)).toEqual([1, 2, 3]);
    expect(await breaches()).toEqual([]);
  });

  it('goes on behind more versions than it looks at in one go, all of which have to stay', async () => {
    const [moving, old] = [await place('processing'), await place('cancelled')];
    await ageOrder(old, 95);
    await database.query(
      `insert into audit.order_versions (id, version, row, superseded_at)
         select '${moving}', version, '{}', now() - interval '100 days' from generate_series(2, 6001) version`,
    );
    await cleanUp();
    expect([(await kept('order', moving)).length, await kept('order', old)]).toEqual([6001, []]);
  });

  it('bears another retention, longer or shorter, without a false alarm', async () => {
    const [first, second] = [await place('cancelled'), await place('cancelled')];
    await ageOrder(first, 95);
    await ageOrder(second, 50);
    await cleanUp();
    const versions = app.get(CleanUpHistory, { strict: false });
    for (const HISTORY_RETENTION_DAYS of [365, 30]) {
      Object.assign(versions, { config: { ...database.config, HISTORY_RETENTION_DAYS } });
      await cleanUp();
      expect(await breaches()).toEqual([]);
    }
    expect([await kept('order', first), await kept('order', second)]).toEqual([[], []]);
  });

  it('removes many in batches, while orders go on', async () => {
    const id = await place('cancelled');
    await database.query(
      `insert into audit.order_versions (id, version, row, superseded_at)
         select '${id}', version, jsonb_build_object('status', 'pending', 'changed_by', 'test', 'updated_at', now() - interval '100 days'),
                now() - interval '100 days'
           from generate_series(2, 12001) version`,
    );
    await database.query(
      `update audit.order_versions set superseded_at = now() - interval '101 days' where id = '${id}' and version = 1`,
    );
    const [moving] = await Promise.all([place('processing', 'shipped', 'delivered'), cleanUp()]);
    expect([await kept('order', id), await kept('order', moving)]).toEqual([[], [1, 2, 3]]);
  });
});
