import { type PlacementOutcome, PlaceOrders } from '@app/orders';
import type { TestingModule } from '@nestjs/testing';
import { DataSource, type QueryRunner } from 'typeorm';
import { contexts } from '../../../../test/support/contexts';
import { type TestDatabase, testDatabase } from '../../../../test/support/database';
import { aPlacement, lines, someProducts } from '../../../../test/support/factories';
import { requireInvariants } from '../../../../test/support/invariants';
import { until } from '../../../../test/support/processes';

describe('orders that one statement places', () => {
  let database: TestDatabase;
  let app: TestingModule;
  let holder: QueryRunner;

  beforeEach(async () => {
    database = await testDatabase();
    app = await contexts(database.config);
    holder = (await database.open()).createQueryRunner();
    await holder.startTransaction();
  });
  afterEach(async () => {
    await app?.close();
    await database?.drop();
  });

  const waitingForLocks = async () =>
    (
      await database.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
    ).length;

  /** Orders three units of a product, in two orders, whose stock somebody holds until `release`. */
  const placing = async (productId: number) => {
    await holder.query('select from inventory.stock_levels where product_id = $1 for update', [productId]);
    const outcomes = app
      .get(PlaceOrders)
      .execute([aPlacement({ lines: lines([productId, 1]) }), aPlacement({ lines: lines([productId, 2]) })]);
    await until(async () => (await waitingForLocks()) === 1);
    return { outcomes };
  };
  const release = async () => {
    await holder.commitTransaction();
    await holder.release();
  };
  /** As when the network is gone: the server does not notice, and goes on. */
  const dropConnections = () => {
    const pool = (app.get(DataSource).driver as unknown as { master: { _clients: Dropped[] } }).master;
    for (const client of pool._clients) client.connection.stream.destroy(new Error('Connection terminated'));
  };
  interface Dropped {
    connection: { stream: { destroy(error: Error): void } };
  }

  /** The server's answer to the first statement with this text does not arrive. */
  const loseAnswer = (source: DataSource, text: string) => {
    const create = source.createQueryRunner.bind(source);
    let isLost = false;
    source.createQueryRunner = (mode) => {
      const runner = create(mode);
      const query = runner.query.bind(runner) as (sql: { text: string } | string, values?: unknown[]) => Promise<never>;
      runner.query = async (sql: { text: string } | string, values?: unknown[]) => {
        const result = await query(sql, values);
        if (isLost || typeof sql === 'string' || !sql.text.includes(text)) return result;
        isLost = true;
        throw new Error('Connection terminated unexpectedly');
      };
      return runner;
    };
  };

  const requirePlacedOnce = async (outcomes: PlacementOutcome[], productId: number) => {
    expect(outcomes.map(({ result }) => result)).toEqual(['placed', 'placed']);
    const placed = outcomes.flatMap((outcome) => (outcome.result === 'placed' ? outcome.placed.order : []));
    expect(await database.query('select id, created_at from orders.orders order by id')).toEqual(
      placed.map(({ id, createdAt }) => ({ id, created_at: createdAt })).sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
    expect(
      await database.query('select reserved from inventory.stock_levels where product_id = $1', [productId]),
    ).toEqual([{ reserved: 3 }]);
    await requireInvariants(app.get(DataSource));
  };

  const orderCount = async () => (await database.query('select from orders.orders')).length;

  it('take nothing of a product that has no stock row', async () => {
    const [gone, plenty] = (await someProducts(app, [5, 1000])) as [number, number];
    await database.query('delete from inventory.stock_levels where product_id = $1', [gone]);
    const outcomes = await app
      .get(PlaceOrders)
      .execute([aPlacement({ lines: lines([gone, 1]) }), aPlacement({ lines: lines([plenty, 1]) })]);
    expect(outcomes).toMatchObject([
      { result: 'refused', error: { code: 'ORDER_UNKNOWN_PRODUCT' } },
      { result: 'placed' },
    ]);
    expect(
      await database.query('select from inventory.stock_movements where product_id = $1 and kind <> $2', [
        gone,
        'receive',
      ]),
    ).toEqual([]);
    expect(await database.query('select product_id from inventory.reservations')).toEqual([{ product_id: plenty }]);
  });

  it('are not placed when their stock was not written', async () => {
    const [id] = (await someProducts(app, [5])) as [number];
    await database.query(
      `create function leave_as_it_is() returns trigger language plpgsql as 'begin return null; end';
       create trigger somebody_elses before update on inventory.stock_levels
         for each row execute function leave_as_it_is()`,
    );
    const outcomes = app.get(PlaceOrders).execute([aPlacement({ lines: lines([id, 1]) })]);
    await expect(outcomes).rejects.toThrow('stock_levels changed 0 rows instead of 1');
    expect(await orderCount()).toBe(0);
    await requireInvariants(app.get(DataSource));
  });

  it('are placed when the connection was lost and it came to nothing', async () => {
    const [id] = (await someProducts(app, [3])) as [number];
    const { outcomes } = await placing(id);
    await database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    await release();
    await requirePlacedOnce(await outcomes, id);
  });

  it('are placed once when the connection was lost, and it goes on and takes the last units', async () => {
    const [id] = (await someProducts(app, [3])) as [number];
    const { outcomes } = await placing(id);
    dropConnections();
    // The statement still waits for the stock, and so does the second try by now.
    await until(async () => (await waitingForLocks()) === 2);
    await release();
    await requirePlacedOnce(await outcomes, id);
  });

  it('are placed once when the connection was lost after it was committed', async () => {
    const [id] = (await someProducts(app, [3])) as [number];
    loseAnswer(app.get(DataSource), 'stock_wanted');
    const { outcomes } = await placing(id);
    await release();
    await requirePlacedOnce(await outcomes, id);
  });

  it('are in doubt when the second try is refused: the first one may be under way', async () => {
    const [id] = (await someProducts(app, [3])) as [number];
    const { outcomes } = await placing(id);
    dropConnections();
    await until(async () => (await waitingForLocks()) === 2);
    // The first one is ended, and what it wanted is gone.
    await database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' order by xact_start limit 1`,
    );
    await holder.query('update inventory.stock_levels set reserved = on_hand where product_id = $1', [id]);
    await release();
    await expect(outcomes).rejects.toMatchObject({ code: 'COMMIT_OUTCOME_UNKNOWN' });
    expect(await orderCount()).toBe(0);
  });

  it('are in doubt when the second try comes to no end either', async () => {
    await app.close();
    app = await contexts({ ...database.config, DB_LOCK_TIMEOUT_MS: 300 });
    const [id] = (await someProducts(app, [3])) as [number];
    const { outcomes } = await placing(id);
    dropConnections();
    await expect(outcomes).rejects.toMatchObject({ code: 'COMMIT_OUTCOME_UNKNOWN' });
    await release();
    expect([await waitingForLocks(), await orderCount()]).toEqual([0, 0]);
    await requireInvariants(app.get(DataSource));
  });

  it('are in doubt when the server says nothing, and there if it goes on', async () => {
    await app.close();
    app = await contexts({ ...database.config, DB_QUERY_TIMEOUT_MS: 300 });
    const [id] = (await someProducts(app, [3])) as [number];
    const { outcomes } = await placing(id);
    await expect(outcomes).rejects.toMatchObject({ code: 'COMMIT_OUTCOME_UNKNOWN' });
    await release();
    await until(async () => (await orderCount()) === 2);
    await requireInvariants(app.get(DataSource));
  });
});
