import {
  CancelOrder,
  CannotCancelOrderError,
  CompleteStage,
  ApplyTransitions,
  PlaceOrders,
  SweepStaleOrders,
} from '@app/orders';
import type { TestingModule } from '@nestjs/testing';
import { Principal } from '@app/platform';
import { DataSource } from 'typeorm';
import { contexts } from '../support/contexts';
import { type TestDatabase, testDatabase } from '../support/database';
import { aPlacement, lines, someProducts } from '../support/factories';
import { requireInvariants } from '../support/invariants';
import { seededRandom, seedFrom } from '../support/seed';
import { makeStale, nothingQueued } from '../support/stale';
import { TESTER } from '../support/principals';

const ROUNDS = Number(process.env.ONE_WINNER_ROUNDS ?? 1000);
const SEED = seedFrom('ONE_WINNER_SEED');
type Party = 'cancel' | 'stage' | 'sweep';

/** Round trips that each waits before it starts: what the others need more until they hold the lock, plus some by chance. */
const HEAD_START: Record<Party, number> = { cancel: 2, stage: 1, sweep: 0 };
const CHANCE_MAX = 4;

/** ONE_WINNER_SEED repeats the head starts of a run, ONE_WINNER_ROUNDS makes it longer. */
describe(`a cancel, a stage and a sweep that meet on one order (ONE_WINNER_SEED=${SEED})`, () => {
  let database: TestDatabase;
  let apps: Record<Party, TestingModule>;
  const random = seededRandom(SEED);

  beforeAll(async () => {
    // The orders were put back as often as it is allowed, so the sweep fails them: each of the three moves the stock, and excludes
    // the other two.
    database = await testDatabase({ STALE_PUT_BACKS_MAX: '1' });
    const [cancel, stage, sweep] = await Promise.all([1, 2, 3].map(() => contexts(database.config)));
    apps = { cancel: cancel!, stage: stage!, sweep: sweep! };
  });
  afterAll(async () => {
    await Promise.all(Object.values(apps ?? {}).map((app) => app.close()));
    await database?.drop();
  });

  const parties: Record<Party, (orderId: string) => Promise<boolean>> = {
    cancel: (orderId) =>
      apps.cancel
        .get(CancelOrder)
        .execute({ orderId, reason: null, principal: Principal.anonymous(), requestId: 'cancel' })
        .then(() => true)
        .catch((error: Error) => (error instanceof CannotCancelOrderError ? false : Promise.reject(error))),
    stage: async (orderId) => {
      const outcome = await apps.stage
        .get(CompleteStage)
        .execute({ orderId, stage: 'shipping', principal: TESTER, requestId: 'stage', priority: 2 });
      return outcome.result === 'moved';
    },
    sweep: async () =>
      (await apps.sweep.get(SweepStaleOrders).execute({ principal: TESTER, requestId: 'sweep' }, nothingQueued))
        .failed === 1,
  };
  const compete = async (party: Party, orderId: string, roundTrips: number) => {
    for (let trip = 0; trip < roundTrips; trip++) await apps[party].get(DataSource).query('select 1');
    return (await parties[party](orderId)) ? [party] : [];
  };

  const inProcessing = async (product: number): Promise<string[]> => {
    const orderIds: string[] = [];
    for (let left = ROUNDS; left > 0; left -= 200) {
      const requests = Array.from({ length: Math.min(left, 200) }, () => aPlacement({ lines: lines([product, 2]) }));
      await apps.stage.get(PlaceOrders).execute(requests);
      const batch = requests.map(({ orderId }) => orderId);
      for (const to of ['processing', 'pending', 'processing'] as const)
        await apps.stage
          .get(ApplyTransitions)
          .execute(batch.map((orderId) => ({ orderId, to, principal: TESTER, requestId: 'test', reason: null })));
      orderIds.push(...batch);
    }
    return orderIds;
  };

  it(
    `has exactly one winner each of ${ROUNDS} times, and moves the stock once`,
    async () => {
      const [product] = (await someProducts(apps.stage, [2 * ROUNDS])) as [number];
      const won: Record<Party, string[]> = { cancel: [], stage: [], sweep: [] };
      for (const orderId of await inProcessing(product)) {
        await makeStale(database, [orderId]);
        const winners = await Promise.all(
          (Object.keys(parties) as Party[]).map((party) =>
            compete(party, orderId, HEAD_START[party] + random.below(CHANCE_MAX)),
          ),
        );
        expect({ orderId, winners: winners.flat() }).toEqual({ orderId, winners: [expect.any(String)] });
        won[winners.flat()[0]!].push(orderId);
      }

      const statuses = await database.query<{ status: string; orders: string[]; versions: number[] }>(
        `select status, array_agg(id::text order by id) as orders, array_agg(distinct version) as versions
           from orders.orders group by status order by status`,
      );
      expect(statuses).toEqual([
        { status: 'cancelled', orders: won.cancel.toSorted(), versions: [5] },
        { status: 'failed', orders: won.sweep.toSorted(), versions: [5] },
        { status: 'shipped', orders: won.stage.toSorted(), versions: [5] },
      ]);
      const [stock] = await database.query(
        `select on_hand, reserved,
                (select count(*) from inventory.stock_movements where kind = 'fulfill') as fulfilled,
                (select count(*) from inventory.stock_movements where kind = 'release') as released,
                (select count(*) from messaging.outbox where aggregate_version = 5) as events
           from inventory.stock_levels where product_id = $1`,
        [product],
      );
      expect(stock).toEqual({
        on_hand: 2 * (ROUNDS - won.stage.length),
        reserved: 0,
        fulfilled: won.stage.length,
        released: won.cancel.length + won.sweep.length,
        events: ROUNDS,
      });
      // There is no relay here: what waits in the outbox is not late.
      await database.query('update messaging.outbox set published_at = now()');
      await requireInvariants(apps.stage.get(DataSource));
      // One round trip more or less decides, so in any longer run each of them wins some: otherwise nothing was shown.
      for (const rounds of Object.values(won)) expect(rounds.length).toBeGreaterThan(ROUNDS / 50);
      process.stderr.write(
        `one winner: ${ROUNDS} rounds, won by cancel ${won.cancel.length}, stage ${won.stage.length}, sweep ${won.sweep.length}\n`,
      );
    },
    30_000 + ROUNDS * 200,
  );
});
