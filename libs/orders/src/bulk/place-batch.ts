import { BlockedStock } from '@app/inventory';
import { CombinedWrite, Transactions, type Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { AheadOfStock } from '../placement/ahead-of-stock';
import { DecidePlacements } from '../placement/decide-placements';
import { countPlacements } from '../placement/open-placements';
import { LOOK_AGAIN } from '../placement/place-in-transaction';
import { type PlacementOutcome, productsOf } from '../placement/placement';
import { addKeys, PlacementRepository } from '../placement/placement.repository';
import { findRepeatedReply } from '../placement/repetitions';
import { outcomesOfAll, validOrders } from './batched-order';
import { applyPolicy, batchRejection, rejectionReason, toBatchResults } from './batch-results';
import type { BatchReply, BatchRequest, BatchResult } from './order-batch';
import { addDecidedBatch, addResults, progressOf } from './order-batches.repository';

/** What became of a batch. */
export interface PlacedBatch {
  /** Null for a dry run: there is no batch. */
  batchId: string | null;
  /** One per order, in request order. */
  results: BatchResult[];
}

/** A bulk request to be answered at once. */
export interface BatchPlacement extends BatchRequest<PlacedBatch> {
  /** Decide everything as if, and write nothing. */
  dryRun: boolean;
}

type Attempt = Exclude<BatchReply<PlacedBatch>, { result: 'new' }> | { result: 'decided'; decided: Decision };
interface Decision {
  isRejected: boolean;
  outcomes: readonly PlacementOutcome[];
  reply?: string;
}

/**
 * Places the orders of a bulk request in ONE transaction: the stock of all of them is locked once, each order sees what those
 * before it took, one that is refused takes nothing. When the policy rejects the batch, nothing is written but its record, after
 * the stock is free again. Throws BatchInvalidError, BatchConflictError, IdempotencyKeyReusedError, IdempotencyKeyInUseError.
 */
@Injectable()
export class PlaceBatch {
  constructor(
    private readonly transactions: Transactions,
    private readonly decidePlacements: DecidePlacements,
    private readonly placements: PlacementRepository,
    private readonly aheadOfStock: AheadOfStock,
    private readonly blockedStock: BlockedStock,
  ) {}

  async execute(batch: BatchPlacement): Promise<BatchReply<PlacedBatch>> {
    const requests = validOrders(batch.requests);
    const briefly = { ...LOOK_AGAIN, throwsLockTimeout: true };
    const attempt = await this.blockedStock.insist(productsOf(requests), () =>
      this.aheadOfStock.run(requests, (ahead) =>
        this.transactions.run((tx) => this.attempt(tx, batch, ahead && !batch.dryRun), briefly),
      ),
    );
    if (attempt.result === 'replayed') return attempt;
    const { isRejected, outcomes, reply } = attempt.decided;
    if (isRejected && !batch.dryRun) await this.transactions.run((tx) => write(tx, batch, outcomes));
    if (!batch.dryRun) countPlacements(outcomes);
    if (isRejected) throw batchRejection(outcomes, batch.dryRun ? null : batch.batchId);
    return { result: 'new', answer: answerOf(batch, outcomes), reply };
  }

  private async attempt(tx: Tx, batch: BatchPlacement, ahead: boolean): Promise<Attempt> {
    const { idempotency, batchId, errorPolicy, dryRun } = batch;
    const repeated = await findRepeatedReply(tx, this.placements, idempotency);
    if (repeated) return { result: 'replayed', batchId: repeated.ownerId, reply: repeated.reply };
    const requests = validOrders(batch.requests).map((request) => ({ ...request, batchId }));
    const decided = await this.decidePlacements.execute(tx, requests, { ahead, briefly: true });
    const { isRejected, outcomes } = applyPolicy(errorPolicy, outcomesOfAll(batch.requests, decided.outcomes));
    if (isRejected || dryRun) return { result: 'decided', decided: { isRejected, outcomes } };
    const reply = idempotency?.render(answerOf(batch, outcomes));
    const combined = new CombinedWrite();
    decided.writeTo(combined);
    if (idempotency && reply !== undefined) addKeys(combined, [{ ...idempotency, orderId: null, batchId, reply }]);
    await write(tx, batch, outcomes, combined);
    return { result: 'decided', decided: { isRejected, outcomes, reply } };
  }
}

function answerOf({ batchId, dryRun }: BatchPlacement, outcomes: readonly PlacementOutcome[]): PlacedBatch {
  return { batchId: dryRun ? null : batchId, results: toBatchResults(outcomes) };
}

/** Writes the batch's record with its results, and whatever else is in the same write. */
async function write(
  tx: Tx,
  { batchId, errorPolicy, actor, requestId }: BatchPlacement,
  outcomes: readonly PlacementOutcome[],
  combined = new CombinedWrite(),
): Promise<void> {
  const results = toBatchResults(outcomes);
  const placed = results.filter(({ error }) => error === null).length;
  addDecidedBatch(combined, {
    id: batchId,
    errorPolicy,
    totalOrders: outcomes.length,
    createdBy: actor,
    requestId,
    ...progressOf(outcomes.length, placed, outcomes.length - placed, rejectionReason(outcomes)),
  });
  addResults(combined, batchId, results);
  await combined.execute(tx);
}
