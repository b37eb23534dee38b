import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Check, check } from './checks/check';
import { checkEffects } from './checks/check-effects';
import { checkHistories, type StoredOrder } from './checks/check-histories';
import { checkSessions } from './checks/check-sessions';
import { type Rest, waitForRest } from './checks/quiescence';
import { checkFinalRequests } from './checks/check-final-requests';
import type { Backend, RunOptions, Scenario, World } from './scenario';
import { SeededRandom } from './seeded-random';
import { Balance } from './workload/balance';
import { planWorkload, USUAL_SHAPE, type Wish } from './workload/plan-workload';
import { Shop } from './workload/shop';
import { verifyInvariants } from '../support/invariants';
import { buildWorld, type BuiltWorld, UNITS_PER_PRODUCT } from './world';

const REST_WITHIN_MS = 90_000;
const SERVED_WITHIN_MS = 60_000;

export interface RunResult {
  scenario: string;
  number: number;
  backend: Backend;
  seed: number;
  checks: Check[];
  figures: Record<string, number>;
  seconds: number;
  /** Why the run itself came to no end. */
  error?: string;
}

/** One scenario, once: servers, processes, customers, the fault, rest, and what held. Its logs and histories stay in `folder`. */
export async function runScenario(options: RunOptions): Promise<RunResult> {
  const { scenario, backend, seed, folder } = options;
  const begun = performance.now();
  mkdirSync(folder, { recursive: true });
  const result: RunResult = {
    scenario: scenario.name,
    number: scenario.number,
    backend,
    seed,
    checks: [],
    figures: {},
    seconds: 0,
  };
  let built: BuiltWorld | undefined;
  try {
    built = await buildWorld(options);
    result.checks = await play(scenario, built.world);
  } catch (error) {
    options.signal.throwIfAborted();
    result.error = (error as Error).stack ?? String(error);
  } finally {
    if (built) {
      result.figures = built.world.figures;
      built.world.history.writeTo(join(folder, 'history.jsonl'));
      const unasked = built.world.deployment.ends.filter(({ asked }) => !asked);
      result.checks.push(
        check(
          'end',
          'no process ends by itself',
          unasked.map((end) => JSON.stringify(end)),
          {},
        ),
      );
      await built.close();
    }
  }
  result.seconds = Math.round((performance.now() - begun) / 100) / 10;
  writeFileSync(join(folder, 'result.json'), `${JSON.stringify(result, null, 2)}\n`);
  return result;
}

async function play(scenario: Scenario, world: World): Promise<Check[]> {
  const { unitsPerProduct = UNITS_PER_PRODUCT, ...shape } = scenario.workload ?? {};
  const planned =
    scenario.plan?.(world.random, world.products) ??
    planWorkload(world.random, world.products, unitsPerProduct, { ...USUAL_SHAPE, ...shape });
  const balance = scenario.balanced ? new Balance(world.deployment.apis) : undefined;
  const shop = new Shop(
    world.deployment.apis.map(({ url }) => url),
    world.history,
    new SeededRandom(world.random.whole(0, 2 ** 31)),
    world.timed,
    balance?.route,
  );
  try {
    const misfortune = await serveWithFaults(scenario, world, shop, planned);
    world.say('waiting for rest');
    const rest = await waitForRest(world.database, world.queues, scenario.restWithinMs ?? REST_WITHIN_MS, world.signal);
    return [
      restCheck(rest),
      ...misfortune,
      ...(await checkEverything(world)),
      ...((await scenario.check?.(world)) ?? []),
    ];
  } finally {
    shop.giveUp();
    shop.close();
    balance?.close();
  }
}

/** The fault runs while the customers buy. A fault that does not come about is a failed run, whatever held. */
async function serveWithFaults(
  scenario: Scenario,
  world: World,
  shop: Shop,
  wishes: readonly Wish[],
): Promise<Check[]> {
  world.say(`${wishes.length} wishes`);
  world.served = shop.serve(wishes);
  const served = world.served.then(() => true);
  let failure: string[] = [];
  await scenario.inject(world).catch((error: Error) => {
    world.signal.throwIfAborted();
    failure = [error.message];
  });
  world.deployment.disarm();
  for (const line of Object.values(world.lines)) line?.heal();
  for (const fault of world.faults) fault.until = Math.min(fault.until, world.history.now());
  await world.deployment.ready();
  const all = await Promise.race([served, world.pause(SERVED_WITHIN_MS).then(() => false)]);
  shop.giveUp();
  await world.served;
  Object.assign(world.figures, { kills: world.deployment.kills });
  return [
    check('fault', 'the fault came about and healed', failure, {}),
    check('served', 'every customer got a final answer', all ? [] : ['some were still asking'], {}),
  ];
}

async function checkEverything(world: World): Promise<Check[]> {
  const orders = await world.database.query<StoredOrder[]>(
    'select id, notes as wish, status, version from orders.orders order by id',
  );
  return [
    ...(await verifyInvariants(world.database, { quiescent: true })),
    ...checkHistories(world.history.entries, orders, world.faults),
    ...(await checkEffects(world.database)),
    await checkSessions(world.database),
    await world.queues.check(),
    await checkFinalRequests(
      world.deployment.apis.map(({ url }) => url),
      world.timed,
    ),
  ];
}

function restCheck({ reached, ms, left }: Rest): Check {
  const broken = reached
    ? []
    : [`after ${ms} ms: ${left.orders} orders, ${left.events} events, ${left.jobs ?? 'uncounted'} jobs`];
  return check('I3', 'everything comes to rest by itself', broken, { rest_ms: ms });
}
