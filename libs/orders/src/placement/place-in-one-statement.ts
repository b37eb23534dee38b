import { CombinedWrite, CommitOutcomeUnknownError, isNoAnswer, Transactions } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { DuplicateOrderError } from '../errors';
import type { ExpectedPlacements } from './open-placements';
import { PlaceInTransaction } from './place-in-transaction';
import type { PlacementOutcome, PlacementRequest } from './placement';
import { PlacementRepository } from './placement.repository';
import { ReadPlacements } from './read-placements';

/**
 * Places orders that no earlier request can have placed, on stock that is expected to be there, with one statement: it writes them,
 * locks and takes their stock, and commits. Three round trips less than a transaction has, and none while stock is locked.
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
  async execute(requests: readonly PlacementRequest[]): Promise<PlacementOutcome[] | undefined> {
    let expected: ExpectedPlacements | undefined;
    try {
      return await this.transactions.runStatement(async (tx) => {
        expected = (await this.readPlacements.execute(tx, requests)).expect(requests);
        const write = new CombinedWrite();
        expected?.writeTo(write);
        expected?.reservations().writeTo(write);
        return async () => expected && expected.placedAt((await write.execute(tx))!);
      });
    } catch (error) {
      // Who waited in vain for a silent server need not wait once more.
      if (!expected || !(error instanceof CommitOutcomeUnknownError) || isNoAnswer(error.cause)) throw error;
      // Whatever keeps the second try from an answer: the first one may have been committed.
      return this.placeUnlessPlaced(requests, expected).catch(() => {
        throw error;
      });
    }
  }

  /**
   * The connection was lost while the statement ran. The ids tell what became of it: if it was committed all orders are there, and
   * cannot be written again; while it runs, whoever writes the same id waits for its end.
   */
  private async placeUnlessPlaced(
    requests: readonly PlacementRequest[],
    expected: ExpectedPlacements,
  ): Promise<PlacementOutcome[]> {
    const known = requests.map((request) => ({ ...request, orderIdGiven: true }));
    const outcomes = await this.placeInTransaction.execute(known, { ahead: false });
    if (!outcomes.some((outcome) => outcome.result === 'refused' && outcome.error instanceof DuplicateOrderError))
      return outcomes;
    return expected.placedAt(await this.repository.findPlacementTime(requests[0]!.orderId));
  }
}

/** Nobody can have made the same request before. */
export function isNewForSure({ idempotency, orderIdGiven, externalReference }: PlacementRequest): boolean {
  return !idempotency && !orderIdGiven && externalReference === null;
}
