import { failpoint } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { OptimisticPlacement } from './optimistic-placement';
import { PlaceInOneStatement } from './place-in-one-statement';
import { PlaceInTransaction } from './place-in-transaction';
import type { PlacementOutcome, PlacementRequest } from './placement';
import { countPlacements } from './placement-metrics';

/**
 * Places a batch of one to many orders in ONE transaction and returns one outcome per request, in request order. Each order
 * gets all its lines or none; a refused one changes nothing and leaves its neighbours alone. `briefly` throws 55P03 soon, and has
 * written nothing, when somebody holds the stock of one. Stock is reserved through the StockGate of `libs/inventory`.
 */
@Injectable()
export class PlaceOrders {
  constructor(
    private readonly optimisticPlacement: OptimisticPlacement,
    private readonly placeInOneStatement: PlaceInOneStatement,
    private readonly placeInTransaction: PlaceInTransaction,
  ) {}

  async execute(requests: readonly PlacementRequest[], { briefly = false } = {}): Promise<PlacementOutcome[]> {
    await failpoint('placement.beforeBegin');
    const hasKeys = requests.some(({ idempotency }) => idempotency);
    const outcomes = await this.optimisticPlacement.run(requests, async (optimistic) => {
      const placed = optimistic && !hasKeys && (await this.placeInOneStatement.execute(requests, { briefly }));
      return placed || this.placeInTransaction.execute(requests, { optimistic, briefly });
    });
    await failpoint('placement.afterCommit');
    countPlacements(outcomes);
    return outcomes;
  }
}
