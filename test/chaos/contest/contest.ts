import {
  CancelOrder,
  CompleteStage,
  CannotCancelOrderError,
  ApplyTransitions,
  PlaceOrders,
  SweepStaleOrders,
} from '@app/orders';
import { loadConfig, Principal } from '@app/platform';
import type { OrderStatus } from '@app/orders';
import { DataSource } from 'typeorm';
import { contexts } from '../../support/contexts';
import { aPlacement, lines, someProducts } from '../../support/factories';
import { verifyInvariants } from '../../support/invariants';
import { nothingQueued } from '../../support/stale';
import { TESTER } from '../../support/principals';

const UNITS = 10_000;
/** Stale at once: the sweep comes as soon as anybody else. */
const STALE_AT_ONCE_MINUTES = '0.00001';

export interface Contest {
  /** Brings a new order to where all three can end it, lets them, and counts who did. */
  round(): Promise<void>;
  wins: { cancel_wins: number; stage_wins: number; sweep_wins: number };
  /** Rounds with more or fewer winners than one. */
  broken: string[];
  /** What does not hold in the database when all rounds are over. */
  verify(): Promise<string[]>;
  close(): Promise<void>;
}

/** A customer, a worker and a scheduler in one process, each with data sources of its own, on an empty database. */
export async function openContest(databaseUrl: string): Promise<Contest> {
  const config = loadConfig({
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'silent',
    LOG_FORMAT: 'json',
    SIMULATED_DELAY_MS_MIN: '0',
    SIMULATED_DELAY_MS_MAX: '0',
    STALE_PROCESSING_MINUTES: STALE_AT_ONCE_MINUTES,
    STALE_PUT_BACKS_MAX: '1',
  });
  const parties = await Promise.all([contexts(config), contexts(config), contexts(config), contexts(config)]);
  const [stage, customer, worker, scheduler] = parties;
  const [product] = (await someProducts(stage, [UNITS])) as [number];
  const wins = { cancel_wins: 0, stage_wins: 0, sweep_wins: 0 };
  const broken: string[] = [];

  const move = (orderId: string, to: OrderStatus) =>
    stage
      .get(ApplyTransitions)
      .execute([{ orderId, to, principal: Principal.system('chaos'), requestId: 'chaos', reason: null }]);

  return {
    wins,
    broken,
    async round() {
      const [outcome] = await stage.get(PlaceOrders).execute([aPlacement({ lines: lines([product, 1]) })]);
      if (outcome?.result !== 'placed') throw new Error('the contest has no order to fight for');
      const orderId = outcome.placed.order.id;
      // Put back as often as is allowed: the sweep has to fail it.
      for (const to of ['processing', 'pending', 'processing'] as const) await move(orderId, to);
      const [cancelled, staged, swept] = await Promise.all([
        customer
          .get(CancelOrder)
          .execute({ orderId, reason: null, principal: Principal.system('customer'), requestId: 'cancel' })
          .then(
            () => true,
            (error: unknown) => {
              if (error instanceof CannotCancelOrderError) return false;
              throw error;
            },
          ),
        worker
          .get(CompleteStage)
          .execute({
            stage: 'shipping',
            orderId,
            principal: Principal.system('worker'),
            requestId: 'stage',
            priority: 2,
          })
          .then(({ result }) => result === 'moved'),
        scheduler
          .get(SweepStaleOrders)
          .execute({ principal: TESTER, requestId: 'sweep' }, nothingQueued)
          .then(({ failed }) => failed === 1),
      ]);
      wins.cancel_wins += Number(cancelled);
      wins.stage_wins += Number(staged);
      wins.sweep_wins += Number(swept);
      const winners = Number(cancelled) + Number(staged) + Number(swept);
      if (winners !== 1) broken.push(`order ${orderId}: ${winners} winners`);
    },
    async verify() {
      const source = stage.get(DataSource);
      const results = await verifyInvariants(source);
      const twice = await source.query<{ order_id: string; effects: number }[]>(
        `select order_id, count(*)::int as effects from inventory.stock_movements
          where kind in ('fulfill', 'release') group by order_id having count(*) <> 1`,
      );
      return [
        ...results
          .filter(({ holds }) => !holds)
          .map(({ id, name, examples }) => `${id} ${name}: ${examples.join('; ')}`),
        ...twice.map(({ order_id, effects }) => `order ${order_id}: ${effects} stock effects`),
      ];
    },
    async close() {
      await Promise.all(parties.map((party) => party.close()));
    },
  };
}
