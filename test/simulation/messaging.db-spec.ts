import type { TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { contexts } from '../support/contexts';
import { type TestDatabase, testDatabase } from '../support/database';
import { someProducts } from '../support/factories';
import { requireInvariants } from '../support/invariants';
import { seedFrom } from '../support/seed';
import { MessagingSimulation } from './messaging-simulation';

const SEED = seedFrom('MESSAGING_SEED');
const SECONDS = Number(process.env.MESSAGING_SECONDS ?? 8);
const STEPS = 400;

/** A failure prints the seed of its run: MESSAGING_SEED repeats it. MESSAGING_SECONDS looks longer. */
describe(`events on their way through crashes (MESSAGING_SEED=${SEED})`, () => {
  let database: TestDatabase;
  let app: TestingModule;
  let product: number;

  beforeAll(async () => {
    database = await testDatabase();
    app = await contexts(database.config);
    [product] = (await someProducts(app, [100_000])) as [number];
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const simulate = async (seed: number): Promise<MessagingSimulation> => {
    await database.query('delete from messaging.queue_sentinels');
    const simulation = new MessagingSimulation(seed, database, app, product);
    try {
      await simulation.execute(STEPS);
      await expectWholeLives(simulation.orderIds);
    } catch (error) {
      const last = simulation.trace.slice(-40).join('\n  ');
      throw new Error(`MESSAGING_SEED=${seed}: ${(error as Error).message}\nthe last steps:\n  ${last}`, {
        cause: error,
      });
    }
    return simulation;
  };

  /** Each order has ended, went through each state once, and moved its stock once for each. */
  const expectWholeLives = async (orderIds: string[]) => {
    const [row] = await database.query(
      `select count(*) filter (where status = 'delivered' and version = 4) as delivered,
              count(*) filter (where status = 'cancelled' and version in (2, 3)) as cancelled,
              (select count(*) from inventory.stock_movements where order_id = any($1)) as movements,
              (select count(*) from messaging.dead_letters) as dead_letters
         from orders.orders where id = any($1)`,
      [orderIds],
    );
    const { delivered, cancelled } = row as { delivered: number; cancelled: number };
    expect({ ended: delivered + cancelled, ...row }).toMatchObject({
      ended: orderIds.length,
      movements: 2 * orderIds.length,
      dead_letters: 0,
    });
  };

  it(
    'reach their consumers, each with one effect and in order, whatever dies and whatever is lost',
    async () => {
      const end = Date.now() + SECONDS * 1000;
      let steps = 0;
      let orders = 0;
      let seed = SEED;
      for (; Date.now() < end; seed++) {
        const simulation = await simulate(seed);
        steps += simulation.trace.length;
        orders += simulation.orderIds.length;
      }
      await requireInvariants(app.get(DataSource), { quiescent: true });
      process.stderr.write(`messaging: ${seed - SEED} runs, ${steps} steps, ${orders} orders\n`);
      expect(orders).toBeGreaterThan(0);
    },
    SECONDS * 1000 + 120_000,
  );

  it('take the same way for the same seed', async () => {
    const one = await simulate(SEED);
    const other = await simulate(SEED);
    expect(other.trace).toEqual(one.trace);
  }, 60_000);
});
