import { StockGate } from '@app/inventory';
import { CombinedWrite, CommitOutcomeUnknownError, isNoAnswer, Transactions } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { DuplicateOrderError } from '../errors';
import type { PlacementContexts } from '../order-transactions';
import { PlaceInTransaction } from './place-in-transaction';
import type { PlacementOutcome, PlacementRequest } from './placement';
import { type PlacementPlan, PlacementPlanner } from './placement-plan';
import { PlacementRepository } from './placement.repository';
import { PlacementReader } from './placement-reader';

/**
 * Places orders that no earlier request can have placed (they give no key, id or reference), by an optimistic plan, with one statement: it
 * writes them, locks and reserves their stock, and commits. Three round trips less than a transaction has, and none while stock is locked.
 */
@Injectable()
export class PlaceInOneStatement {
  constructor(
    private readonly transactions: Transactions<PlacementContexts>,
    private readonly reader: PlacementReader,
    private readonly placeInTransaction: PlaceInTransaction,
    private readonly repository: PlacementRepository,
    private readonly stockGate: StockGate,
  ) {}

  /** Gives undefined, and has written nothing, when a request is refused in any case. Fails when the stock falls short. */
  async execute(
    requests: readonly PlacementRequest[],
    { briefly }: { briefly: boolean },
  ): Promise<PlacementOutcome[] | undefined> {
    let plan: PlacementPlan | undefined;
    try {
      return await this.transactions.runStatement(
        async (tx) => {
          plan = new PlacementPlanner(await this.reader.readInputs(tx, requests)).plan(requests);
          if (plan.hasRefusals) return () => Promise.resolve(undefined);
          const write = new CombinedWrite();
          plan.reserveWith(this.stockGate.reserveOptimistically(plan.stockRequests, { briefly }));
          plan.writeTo(write);
          return async () => placedAt(plan!, (await write.execute(tx))!);
        },
        { throwsLockTimeout: briefly },
      );
    } catch (error) {
      // Who waited in vain for a silent server need not wait once more.
      if (!plan || !(error instanceof CommitOutcomeUnknownError) || isNoAnswer(error.cause)) throw error;
      const outcomes = await this.placeUnlessPlaced(requests, plan).catch(() => undefined);
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
    plan: PlacementPlan,
  ): Promise<PlacementOutcome[] | undefined> {
    const known = requests.map((request) => ({ ...request, orderIdGiven: true }));
    const outcomes = await this.placeInTransaction.execute(known, { optimistic: false });
    if (outcomes.some(wasPlacedBefore))
      return placedAt(plan, await this.repository.findPlacementTime(known[0]!.orderId));
    return outcomes.some(({ result }) => result === 'placed') ? outcomes : undefined;
  }
}

function placedAt(plan: PlacementPlan, transactionTime: Date): PlacementOutcome[] {
  plan.setTime(transactionTime);
  return plan.outcomes;
}

function wasPlacedBefore(outcome: PlacementOutcome): boolean {
  return outcome.result === 'refused' && outcome.error instanceof DuplicateOrderError;
}
