import { StockGate } from '@app/inventory';
import { CombinedWrite, nextTurn, type Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { PlacementContexts } from '../order-transactions';
import { type PlacementRequest, productsOf } from './placement';
import { type PlacementInputs, type PlacementPlan, PlacementPlanner } from './placement-plan';
import { PlacementReader } from './placement-reader';

/** Locking the stock for fewer orders costs less than the round trip that would shorten it. */
const OPTIMISTIC_MIN = 16;

/**
 * Plans a batch, in one or more parts, in the caller's transaction, which then writes what each plan has left to write.
 *
 * Usually on stock that is locked once for all parts; other requests of the process are worked on between two parts. With `optimistic` a
 * batch of one part writes its orders before its stock is locked, unless one is refused in any case: its last write reserves the stock, and
 * fails when it is not there, see {@link OptimisticPlacement}. `briefly` throws 55P03 soon when somebody holds the stock.
 */
@Injectable()
export class PreparePlacements {
  constructor(
    private readonly reader: PlacementReader,
    private readonly stockGate: StockGate,
  ) {}

  async execute(
    tx: Tx<PlacementContexts>,
    parts: readonly (readonly PlacementRequest[])[],
    { optimistic, briefly }: { optimistic: boolean; briefly: boolean },
  ): Promise<PlacementPlan[]> {
    const requests = parts.flat();
    const inputs = await this.reader.readInputs(tx, requests);
    if (optimistic && parts.length === 1 && requests.length >= OPTIMISTIC_MIN) {
      const plan = new PlacementPlanner(inputs).plan(requests);
      if (!plan.hasRefusals) return [await this.writeAheadOfStock(tx, plan, briefly)];
    }
    return this.planOnLockedStock(tx, parts, inputs, briefly);
  }

  private async writeAheadOfStock(
    tx: Tx<PlacementContexts>,
    plan: PlacementPlan,
    briefly: boolean,
  ): Promise<PlacementPlan> {
    const write = new CombinedWrite();
    plan.writeOrdersTo(write);
    plan.setTime((await write.execute(tx))!);
    plan.reserveWith(this.stockGate.reserveOptimistically(plan.stockRequests, { briefly }));
    return plan;
  }

  private async planOnLockedStock(
    tx: Tx<PlacementContexts>,
    parts: readonly (readonly PlacementRequest[])[],
    inputs: PlacementInputs,
    briefly: boolean,
  ): Promise<PlacementPlan[]> {
    const stock = await this.stockGate.lock(tx, productsOf(parts.flat()), { briefly });
    const planner = new PlacementPlanner(inputs, stock);
    const plans: PlacementPlan[] = [];
    for (const part of parts) {
      if (plans.length > 0) await nextTurn();
      plans.push(planner.plan(part));
    }
    await this.reader.requireNoConcurrentDuplicates(tx, plans);
    return plans;
  }
}
