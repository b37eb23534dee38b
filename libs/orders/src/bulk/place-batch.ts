import { StockGate } from '@app/inventory';
import { CombinedWrite, Transactions, type Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { addKeys } from '../idempotency/idempotency-keys.repository';
import type { PlacementContexts } from '../order-transactions';
import { RETRY_ON_CONCURRENT_DUPLICATE } from '../placement/concurrent-duplicate';
import { OptimisticPlacement } from '../placement/optimistic-placement';
import { PreparePlacements } from '../placement/prepare-placements';
import { type PlacementOutcome, productsOf } from '../placement/placement';
import { countPlacements } from '../placement/placement-metrics';
import type { PlacementPlan } from '../placement/placement-plan';
import { PlacementRepository } from '../placement/placement.repository';
import { findRepeatedReply } from '../placement/duplicate-requests';
import { InvalidOrder, outcomesOfAll, validOrders } from './batched-order';
import { applyPolicy, batchRejection, rejectionReason, toBatchResults } from './batch-results';
import type { BatchReply, BatchRequest, BatchResult } from './order-batch';
import { addDecidedBatch, addResults, progressOf } from './order-batches.repository';
import { type Part, partsOf } from './parts';

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
  parts: readonly Part[];
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
    private readonly transactions: Transactions<PlacementContexts>,
    private readonly preparePlacements: PreparePlacements,
    private readonly placements: PlacementRepository,
    private readonly optimisticPlacement: OptimisticPlacement,
    private readonly stockGate: StockGate,
  ) {}

  async execute(batch: BatchPlacement): Promise<BatchReply<PlacedBatch>> {
    const requests = validOrders(batch.requests);
    const briefly = { ...RETRY_ON_CONCURRENT_DUPLICATE, throwsLockTimeout: true };
    const attempt = await this.stockGate.blocked.insist(productsOf(requests), () =>
      this.optimisticPlacement.run(requests, (optimistic) =>
        this.transactions.run((tx) => this.attempt(tx, batch, optimistic && !batch.dryRun), briefly),
      ),
    );
    if (attempt.result === 'replayed') return attempt;
    const { decided } = attempt;
    const { isRejected, outcomes, reply } = decided;
    if (isRejected && !batch.dryRun) await this.transactions.run((tx) => write(tx, batch, decided));
    if (!batch.dryRun) countPlacements(outcomes);
    if (isRejected) throw batchRejection(outcomes, batch.dryRun ? null : batch.batchId);
    return { result: 'new', answer: answerOf(batch, outcomes), reply };
  }

  private async attempt(tx: Tx<PlacementContexts>, batch: BatchPlacement, optimistic: boolean): Promise<Attempt> {
    const { idempotency, batchId, errorPolicy, dryRun } = batch;
    const repeated = await findRepeatedReply(tx, this.placements, batch);
    if (repeated) return { result: 'replayed', batchId: repeated.ownerId, reply: repeated.reply };
    const orders = batch.requests.map((order) => (order instanceof InvalidOrder ? order : { ...order, batchId }));
    const parts = [...partsOf(orders)];
    const plans = await this.preparePlacements.execute(
      tx,
      parts.map((part) => validOrders(part.orders)),
      { optimistic, briefly: true },
    );
    const { isRejected, outcomes } = applyPolicy(
      errorPolicy,
      parts.flatMap((part, index) => outcomesOfAll(part.orders, plans[index]!.outcomes)),
    );
    if (isRejected || dryRun) return { result: 'decided', decided: { isRejected, parts, outcomes } };
    const reply = idempotency?.render(answerOf(batch, outcomes));
    const decided = { isRejected, parts, outcomes, reply };
    await write(tx, batch, decided, plans);
    return { result: 'decided', decided };
  }
}

function answerOf({ batchId, dryRun }: BatchPlacement, outcomes: readonly PlacementOutcome[]): PlacedBatch {
  return { batchId: dryRun ? null : batchId, results: toBatchResults(outcomes) };
}

/** Writes the results of a batch, part by part, and with them what is placed; the last statement also has the batch's record. */
async function write(
  tx: Tx<PlacementContexts>,
  batch: BatchPlacement,
  { parts, outcomes, reply }: Decision,
  plans: readonly PlacementPlan[] = [],
): Promise<void> {
  const { batchId, principal, idempotency } = batch;
  for (const [index, { firstIndex, orders }] of parts.entries()) {
    const combined = new CombinedWrite();
    plans[index]?.writeTo(combined);
    addResults(combined, batchId, toBatchResults(outcomes.slice(firstIndex, firstIndex + orders.length), firstIndex));
    if (index === parts.length - 1) {
      if (idempotency && reply !== undefined)
        addKeys(combined, [{ ...idempotency, principal, orderId: null, batchId, reply }]);
      addRecord(combined, batch, outcomes);
    }
    await combined.execute(tx);
  }
}

function addRecord(
  combined: CombinedWrite,
  { batchId, errorPolicy, principal, requestId }: BatchPlacement,
  outcomes: readonly PlacementOutcome[],
): void {
  const placed = outcomes.filter(({ result }) => result !== 'refused').length;
  addDecidedBatch(combined, {
    id: batchId,
    errorPolicy,
    totalOrders: outcomes.length,
    createdBy: principal.text,
    requestId,
    ...progressOf(outcomes.length, placed, outcomes.length - placed, rejectionReason(outcomes)),
  });
}
