import { CombinedWrite, errorCode, failpoint, SqlState, Transactions } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { DecidePlacements } from './decide-placements';
import { OvertakenError } from './open-placements';
import type { PlacementOutcome, PlacementRequest } from './placement';

/** Someone committed the same id, reference or key after this transaction had looked for it: look again. */
export const LOOK_AGAIN = {
  retryWhen: (error: unknown) => error instanceof OvertakenError || errorCode(error) === SqlState.UNIQUE_VIOLATION,
};

/**
 * Places whatever is asked for. What is read is read before the stock is locked; while it is locked there is one statement and the
 * commit.
 */
@Injectable()
export class PlaceInTransaction {
  constructor(
    private readonly transactions: Transactions,
    private readonly decidePlacements: DecidePlacements,
  ) {}

  async execute(
    requests: readonly PlacementRequest[],
    { ahead, briefly = false }: { ahead: boolean; briefly?: boolean },
  ): Promise<PlacementOutcome[]> {
    return this.transactions.run(
      async (tx) => {
        const placements = await this.decidePlacements.execute(tx, requests, { ahead, briefly });
        const write = new CombinedWrite();
        placements.writeTo(write);
        await write.execute(tx);
        await failpoint('placement.afterWrite');
        return placements.outcomes;
      },
      { ...LOOK_AGAIN, throwsLockTimeout: briefly },
    );
  }
}
