import { CombinedWrite, errorCode, failpoint, SqlState, Transactions, type Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { LockPlacements } from './lock-placements';
import { countPlacements, StockFellShortError } from './open-placements';
import type { PlacementOutcome, PlacementRequest } from './placement';

/** Someone committed the same id, reference or key after this transaction had looked for it: look again. */
export const LOOK_AGAIN = { retryWhen: (error: unknown) => errorCode(error) === SqlState.UNIQUE_VIOLATION };

/** Holding the stock for fewer orders costs less than the round trip that would shorten it. */
const AHEAD_SIZE_MIN = 8;

/** How long batches are decided on locked stock after one fell short. */
const SCARCE_MS = 1000;

/**
 * Places a batch of one to many orders in ONE transaction and returns one outcome per request, in request order. Each order
 * gets all its lines or none; a refused one changes nothing and leaves its neighbours alone. What is read is read before the
 * stock is locked; while it is locked there is one statement and the commit.
 *
 * A larger batch writes its orders ahead of its stock, so that the locks of popular products are held for a third of the time and
 * batches work side by side. Should the stock then fall short, nothing of it stays: the batch begins anew and is decided on locked
 * stock, as all are for a moment from then on.
 */
@Injectable()
export class PlaceOrders {
  private scarceUntil = 0;

  constructor(
    private readonly transactions: Transactions,
    private readonly placements: LockPlacements,
  ) {}

  async execute(requests: readonly PlacementRequest[]): Promise<PlacementOutcome[]> {
    await failpoint('placement.beforeBegin');
    const outcomes =
      (await this.tryAhead(requests)) ?? (await this.transactions.run((tx) => this.place(tx, requests), LOOK_AGAIN));
    await failpoint('placement.afterCommit');
    countPlacements(outcomes);
    return outcomes;
  }

  private async place(tx: Tx, requests: readonly PlacementRequest[]): Promise<PlacementOutcome[]> {
    const decided = (await this.placements.execute(tx, requests)).decide(requests);
    await this.write(tx, decided);
    return decided.outcomes;
  }

  private async tryAhead(requests: readonly PlacementRequest[]): Promise<PlacementOutcome[] | undefined> {
    if (requests.length < AHEAD_SIZE_MIN || Date.now() < this.scarceUntil || requests.some(mayBeWaitedFor))
      return undefined;
    try {
      return await this.transactions.run((tx) => this.placeAhead(tx, requests), LOOK_AGAIN);
    } catch (error) {
      if (!(error instanceof StockFellShortError)) throw error;
      this.scarceUntil = Date.now() + SCARCE_MS;
      return undefined;
    }
  }

  private async placeAhead(tx: Tx, requests: readonly PlacementRequest[]): Promise<PlacementOutcome[]> {
    const expected = (await this.placements.read(tx, requests)).expect(requests);
    const ahead = new CombinedWrite();
    expected.writeTo(ahead);
    await ahead.execute(tx);
    const confirmed = expected.confirm(await this.placements.lock(tx, requests));
    await this.write(tx, confirmed);
    return confirmed.outcomes;
  }

  private async write(tx: Tx, placements: { writeTo: (write: CombinedWrite) => void }): Promise<void> {
    const write = new CombinedWrite();
    placements.writeTo(write);
    await write.execute(tx);
    await failpoint('placement.afterWrite');
  }
}

/**
 * Whoever writes the same id or reference waits for this transaction, maybe with stock locked that it is going to lock: a
 * deadlock. Keys are claimed without waiting.
 */
function mayBeWaitedFor({ orderIdGiven, externalReference }: PlacementRequest): boolean {
  return orderIdGiven || externalReference !== null;
}
