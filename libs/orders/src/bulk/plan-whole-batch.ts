import { StockGate } from '@app/inventory';
import { slices, type Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { PlacementContexts } from '../order-transactions';
import { type PlacementRequest, productsOf } from '../placement/placement';
import { type PlacementPlan, PlacementPlanner } from '../placement/placement-plan';
import { PlacementReader } from '../placement/placement-reader';

/**
 * Plans the chunks of a batch, one after the other, and returns one plan for each: on locked stock, or with `optimistic` on what the stock
 * is at this moment. Of an optimistic plan nothing may stay unless the stock is locked and reserved later. Other requests of the process are
 * worked on between two chunks.
 */
@Injectable()
export class PlanWholeBatch {
  constructor(
    private readonly reader: PlacementReader,
    private readonly stockGate: StockGate,
  ) {}

  async execute(
    tx: Tx<PlacementContexts>,
    chunks: readonly (readonly PlacementRequest[])[],
    { optimistic }: { optimistic: boolean },
  ): Promise<PlacementPlan[]> {
    const requests = chunks.flat();
    const inputs = await this.reader.readInputs(tx, requests);
    const products = productsOf(requests);
    const stock = optimistic
      ? await this.stockGate.read(tx, products)
      : await this.stockGate.lockPatiently(tx, products);
    const planner = new PlacementPlanner(inputs, stock);
    const plans: PlacementPlan[] = [];
    for await (const [[chunk]] of slices(chunks, 1)) plans.push(planner.plan(chunk!));
    await this.reader.requireNoConcurrentDuplicates(tx, plans);
    return plans;
  }
}
