import { randomUUID } from 'node:crypto';
import { ApplyTransitions } from '@app/orders';
import type { TestingModule } from '@nestjs/testing';
import * as fc from 'fast-check';
import { DataSource } from 'typeorm';
import { CommitFaults } from '../support/commit-faults';
import { contexts } from '../support/contexts';
import { type TestDatabase, testDatabase } from '../support/database';
import { someProducts } from '../support/factories';
import { requireInvariants } from '../support/invariants';
import { seedFrom } from '../support/seed';
import { makeStale } from '../support/stale';
import { TESTER } from '../support/principals';
import { type Known, operation, run } from './operation';
import { explain } from './serial-order';
import { APPS, oneByOne, PRODUCTS, together } from './shop-commands';
import { databaseFacts, modelFacts } from './shop-facts';
import { PUT_BACKS_MAX, ShopModel } from './shop-model';

const SEED = seedFrom('MODEL_SEED');
/** How long each of the two looks for a counterexample. */
const SECONDS = Number(process.env.MODEL_SECONDS ?? 8);
const RUNS_AT_A_TIME = 5;
const CAPACITY = 30;

/**
 * Random sequences of wishes, on the product and on a model of it. A failure prints a seed and a path: MODEL_SEED and MODEL_PATH
 * repeat it. MODEL_SECONDS looks longer.
 */
describe(`orders and stock against a model (MODEL_SEED=${SEED})`, () => {
  let database: TestDatabase;
  let apps: TestingModule[];
  let faults: CommitFaults;
  let byHand: DataSource;
  let compared = 0;

  beforeAll(async () => {
    database = await testDatabase({ STALE_PUT_BACKS_MAX: String(PUT_BACKS_MAX) });
    apps = await Promise.all(Array.from({ length: APPS }, () => contexts(database.config)));
    byHand = await database.open();
    faults = new CommitFaults(apps[0]!.get(DataSource), (pid) =>
      database.query('select pg_terminate_backend($1)', [pid]),
    );
  });
  beforeEach(() => {
    compared = 0;
  });
  afterAll(async () => {
    await Promise.all((apps ?? []).map((app) => app.close()));
    await database?.drop();
  });

  /** A run that found a counterexample stopped in the middle; a sweep of the next one must not find its orders. */
  const endLeftovers = async () => {
    const left = await database.query<{ id: string }>(
      `select id from orders.orders where status in ('pending', 'processing', 'shipped')`,
    );
    const end = { to: 'failed', principal: TESTER, requestId: 'test', reason: 'left over' } as const;
    await apps[0]!.get(ApplyTransitions).execute(left.map(({ id }) => ({ orderId: id, ...end })));
  };
  const open = async (): Promise<{ model: ShopModel; known: Known }> => {
    await endLeftovers();
    const model = new ShopModel();
    const stock = [3, 8, 15, 0];
    const products = await someProducts(apps[0]!, stock, { maximumCapacity: CAPACITY });
    products.forEach((product, index) => model.addProduct(product, stock[index]!, CAPACITY));
    const ids = Array.from({ length: PRODUCTS }, () => randomUUID());
    return { model, known: { products, run: randomUUID(), ids, growOld: (id) => makeStale(byHand, [id]) } };
  };
  const expectSame = async (model: ShopModel, { products }: Known) => {
    expect(await databaseFacts(database, products)).toEqual(modelFacts(model));
    compared++;
  };
  /** Ends every order: nothing holds stock then. */
  const close = async (model: ShopModel, known: Known) => {
    for (const [order] of [...model.orders.keys()].entries()) {
      const { steps, inProduct } = operation({ name: 'fail', order }, model, known);
      expect(await inProduct(apps[0]!)).toEqual(steps[0]!.inModel(model));
    }
    await expectSame(model, known);
    for (const { reserved } of model.levels.values()) expect(reserved).toBe(0);
    // There is no relay here: what waits in the outbox is not late.
    await database.query('update messaging.outbox set published_at = now() where published_at is null');
    await requireInvariants(apps[0]!.get(DataSource));
  };
  const check = async <Commands>(commands: fc.Arbitrary<Commands>, holds: (commands: Commands) => Promise<void>) => {
    const property = fc.asyncProperty(commands, holds);
    const path = process.env.MODEL_PATH;
    if (path) return fc.assert(property, { seed: SEED, path });
    // Not fast-check's own time limit: it lets go of the run that is under way, which then meets the next one.
    const end = Date.now() + SECONDS * 1000;
    let runs = 0;
    for (let seed = SEED; Date.now() < end; seed++, runs += RUNS_AT_A_TIME)
      await fc.assert(property, { seed, numRuns: RUNS_AT_A_TIME });
    process.stderr.write(`model: ${runs} runs, ${compared} comparisons of all tables\n`);
    expect(compared).toBeGreaterThan(0);
  };

  it(
    'do what the model does, one wish after the other, with crashes around COMMIT',
    () =>
      check(oneByOne, async (commands) => {
        const { model, known } = await open();
        for (const { wish, fault } of commands) {
          const wanted = operation(wish, model, known);
          const { result: outcome, happened } = fault
            ? await faults.during(fault, () => run(wanted, apps[0]!))
            : { result: await run(wanted, apps[0]!), happened: false };
          if (!happened || fault === 'lost_before_commit') {
            expect({ wish, outcome }).toEqual({
              wish,
              outcome: Object.assign({}, ...wanted.steps.map((step) => step.inModel(model))),
            });
          } else {
            expect({ wish, outcome }).toEqual({
              wish,
              outcome: { crash: fault === 'process_died' ? 'died' : 'unknown' },
            });
            if (fault === 'committed_unanswered')
              wanted.steps.find(({ commits }) => commits?.(model) ?? true)!.inModel(model);
          }
          await expectSame(model, known);
        }
        await close(model, known);
      }),
    SECONDS * 1000 + 120_000,
  );

  it(
    'do what the model could do in some order when wishes come at the same moment',
    () =>
      check(together, async (groups) => {
        let { model, known } = await open();
        for (const group of groups) {
          const wanted = group.map(({ wish, app }) => ({ app: apps[app]!, operation: operation(wish, model, known) }));
          const concurrent = await Promise.all(
            wanted.map(async ({ app, operation }) => ({ operation, outcome: await run(operation, app) })),
          );
          const facts = await databaseFacts(database, known.products);
          const explained = explain(model, concurrent, facts);
          if (!explained)
            throw new Error(
              `No order of these explains what they came to: ${JSON.stringify({ before: modelFacts(model), concurrent, facts }, null, 2)}`,
            );
          model = explained;
          compared++;
        }
        await close(model, known);
      }),
    SECONDS * 1000 + 120_000,
  );
});
