import { CombinedWrite, failpoint, Transactions } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { PlacementContexts } from '../order-transactions';
import { RETRY_ON_CONCURRENT_DUPLICATE } from './concurrent-duplicate';
import type { PlacementOutcome, PlacementRequest } from './placement';
import { PreparePlacements } from './prepare-placements';

/**
 * Places whatever is asked for. What is read is read before the stock is locked; while it is locked there is one statement and the
 * commit.
 */
@Injectable()
export class PlaceInTransaction {
  constructor(
    private readonly transactions: Transactions<PlacementContexts>,
    private readonly preparePlacements: PreparePlacements,
  ) {}

  async execute(
    requests: readonly PlacementRequest[],
    { optimistic, briefly = false }: { optimistic: boolean; briefly?: boolean },
  ): Promise<PlacementOutcome[]> {
    return this.transactions.run(
      async (tx) => {
        const [plan] = await this.preparePlacements.execute(tx, [requests], { optimistic, briefly });
        const write = new CombinedWrite();
        plan!.writeTo(write);
        await write.execute(tx);
        await failpoint('placement.afterWrite');
        return plan!.outcomes;
      },
      { ...RETRY_ON_CONCURRENT_DUPLICATE, throwsLockTimeout: briefly },
    );
  }
}
