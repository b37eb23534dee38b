import { CombinedWrite, errorCode, failpoint, SqlState, Transactions } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { AheadOfStock } from './ahead-of-stock';
import { DecidePlacements } from './decide-placements';
import { countPlacements, OvertakenError } from './open-placements';
import type { PlacementOutcome, PlacementRequest } from './placement';

/** Someone committed the same id, reference or key after this transaction had looked for it: look again. */
export const LOOK_AGAIN = {
  retryWhen: (error: unknown) => error instanceof OvertakenError || errorCode(error) === SqlState.UNIQUE_VIOLATION,
};

/**
 * Places a batch of one to many orders in ONE transaction and returns one outcome per request, in request order. Each order
 * gets all its lines or none; a refused one changes nothing and leaves its neighbours alone. What is read is read before the
 * stock is locked; while it is locked there is one statement and the commit.
 */
@Injectable()
export class PlaceOrders {
  constructor(
    private readonly transactions: Transactions,
    private readonly decidePlacements: DecidePlacements,
    private readonly aheadOfStock: AheadOfStock,
  ) {}

  async execute(requests: readonly PlacementRequest[]): Promise<PlacementOutcome[]> {
    await failpoint('placement.beforeBegin');
    const outcomes = await this.aheadOfStock.run(requests, (ahead) =>
      this.transactions.run(async (tx) => {
        const placements = await this.decidePlacements.execute(tx, requests, { ahead });
        const write = new CombinedWrite();
        placements.writeTo(write);
        await write.execute(tx);
        await failpoint('placement.afterWrite');
        return placements.outcomes;
      }, LOOK_AGAIN),
    );
    await failpoint('placement.afterCommit');
    countPlacements(outcomes);
    return outcomes;
  }
}
