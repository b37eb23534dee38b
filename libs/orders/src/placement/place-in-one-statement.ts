import { CombinedWrite, CommitOutcomeUnknownError, isNoAnswer, Transactions } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { DuplicateOrderError } from '../errors';
import type { ExpectedPlacements } from './open-placements';
import { PlaceInTransaction } from './place-in-transaction';
import type { PlacementOutcome, PlacementRequest } from './placement';
import { PlacementRepository } from './placement.repository';
import { ReadPlacements } from './read-placements';

/**
 * Places orders that no earlier request can have placed (they give no key, id or reference), on stock that is expected to be there, with
 * one statement: it writes them, locks and takes their stock, and commits. Three round trips less than a transaction has, and none
 * while stock is locked.
 */
@Injectable()
export class PlaceInOneStatement {
  constructor(
    private readonly transactions: Transactions,
    private readonly readPlacements: ReadPlacements,
    private readonly placeInTransaction: PlaceInTransaction,
    private readonly repository: PlacementRepository,
  ) {}

  /** Gives undefined, and has written nothing, when a request is refused in any case. Fails when the stock falls short. */
  async execute(requests: readonly PlacementRequest[], briefly = false): Promise<PlacementOutcome[] | undefined> {
    let expected: ExpectedPlacements | undefined;
    try {
      return await this.transactions.runStatement(
        async (tx) => {
          expected = (await this.readPlacements.execute(tx, requests)).expect(requests);
          const write = new CombinedWrite();
          expected?.writeTo(write);
          expected?.reservations(briefly).writeTo(write);
          return async () => expected && expected.placedAt((await write.execute(tx))!);
        },
        { throwsLockTimeout: briefly },
      );
    } catch (error) {
      // Who waited in vain for a silent server need not wait once more.
      if (!expected || !(error instanceof CommitOutcomeUnknownError) || isNoAnswer(error.cause)) throw error;
      const outcomes = await this.placeUnlessPlaced(requests, expected).catch(() => undefined);
      if (!outcomes) throw error;
      return outcomes;
    }
  }

  /**
   * The connection was lost while the statement ran. The ids tell what became of it: if it was committed all orders are there, and
   * cannot be written again; if one is written now, it can not be committed any more. Undefined when none is: the statement may
   * still be under way.
   */
  private async placeUnlessPlaced(
    requests: readonly PlacementRequest[],
    expected: ExpectedPlacements,
  ): Promise<PlacementOutcome[] | undefined> {
    const known = requests.map((request) => ({ ...request, orderIdGiven: true }));
    const outcomes = await this.placeInTransaction.execute(known, { ahead: false });
    if (outcomes.some(isDuplicate))
      return expected.placedAt(await this.repository.findPlacementTime(known[0]!.orderId));
    return outcomes.some(({ result }) => result === 'placed') ? outcomes : undefined;
  }
}

function isDuplicate(outcome: PlacementOutcome): boolean {
  return outcome.result === 'refused' && outcome.error instanceof DuplicateOrderError;
}
