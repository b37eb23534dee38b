import { StockGate } from '@app/inventory';
import { CombinedWrite, DomainError, slices, Transactions, type Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { PlacementContexts } from '../order-transactions';
import { RETRY_ON_CONCURRENT_DUPLICATE } from '../placement/concurrent-duplicate';
import { type PlacementOutcome, type PlacementRequest, productsOf } from '../placement/placement';
import { countPlacements } from '../placement/placement-metrics';
import { type PlacementPlan, StockTakenError } from '../placement/placement-plan';
import { type BatchedOrder, outcomesOfAll, UnreadableOrder, validOrders } from './batched-order';
import { applyPolicy, rejectionReason, toBatchResults } from './batch-results';
import { EndBatch } from './end-batch';
import { PlanWholeBatch } from './plan-whole-batch';
import { type OrderBatch, ORDERS_PER_BATCH_MAX } from './order-batch';
import {
  addProgress,
  addResults,
  type BatchProgress,
  type Chunk,
  OrderBatchesRepository,
  progressOf,
  removeChunk,
} from './order-batches.repository';
import { readRequests } from './stored-requests';

interface Decision {
  batch: OrderBatch;
  isRejected: boolean;
  outcomes: readonly PlacementOutcome[];
}

interface BatchChunk {
  firstIndex: number;
  requests: BatchedOrder[];
}

/** How often a plan whose stock was reserved meanwhile is made anew, before the stock is locked first. */
const PLANS_MAX = 3;

/**
 * Places a batch that rejects all when one order fails: all its chunks in one transaction, or none. It is planned on stock that nobody
 * locks: a batch that is rejected locks none. What is to be placed is written chunk by chunk, because one statement for 50,000 orders
 * holds the event loop up for seconds, and the stock is locked and reserved at the end: before, everybody else who wanted it waited for all of
 * the writing. Returns how far the batch is then; undefined when there was nothing to do.
 */
@Injectable()
export class PlaceWholeBatch {
  constructor(
    private readonly transactions: Transactions<PlacementContexts>,
    private readonly batches: OrderBatchesRepository,
    private readonly planWholeBatch: PlanWholeBatch,
    private readonly stockGate: StockGate,
    private readonly endBatch: EndBatch,
  ) {}

  async execute(batchId: string): Promise<BatchProgress | undefined> {
    const decision = await this.placeByPlan(batchId);
    if (!decision) return undefined;
    const { batch, isRejected, outcomes } = decision;
    const progress = isRejected
      ? await this.endBatch.execute(batchId, rejectionReason(outcomes), toBatchResults(outcomes))
      : progressOf(batch.totalOrders, batch.totalOrders, 0, '');
    if (progress) countPlacements(outcomes);
    return progress;
  }

  private async placeByPlan(batchId: string): Promise<Decision | undefined> {
    for (let plan = 1; ; plan++)
      try {
        const optimistic = plan <= PLANS_MAX;
        return await this.transactions.run((tx) => this.place(tx, batchId, optimistic), RETRY_ON_CONCURRENT_DUPLICATE);
      } catch (error) {
        if (!(error instanceof StockTakenError)) throw error;
      }
  }

  private async place(tx: Tx<PlacementContexts>, batchId: string, optimistic: boolean): Promise<Decision | undefined> {
    const batch = await this.batches.lockBegun(tx, batchId);
    if (!batch) return undefined;
    const chunks = await readChunks(await this.batches.findChunks(tx, batchId, ORDERS_PER_BATCH_MAX), batch);
    const valid = chunks.map((chunk) => validOrders(chunk.requests));
    const plans = await this.planWholeBatch.execute(tx, valid, { optimistic });
    const planned = chunks.map((chunk, index) => ({ ...chunk, plan: plans[index]! }));
    const { isRejected, outcomes } = applyPolicy(
      batch.errorPolicy,
      planned.flatMap(({ requests, plan }) => outcomesOfAll(requests, plan.outcomes)),
    );
    if (isRejected) return { batch, isRejected, outcomes };
    for (const chunk of planned) {
      const write = new CombinedWrite();
      if (optimistic) chunk.plan.writeOrdersTo(write);
      else chunk.plan.writeTo(write);
      addResults(write, batchId, toBatchResults(chunk.plan.outcomes, chunk.firstIndex));
      removeChunk(write, batchId, chunk.firstIndex);
      await write.execute(tx);
    }
    const end = new CombinedWrite();
    addProgress(end, batchId, progressOf(batch.totalOrders, batch.totalOrders, 0, ''));
    await end.execute(tx);
    if (optimistic) await this.reserveStock(tx, valid.flat(), plans);
    return { batch, isRejected, outcomes };
  }

  /** From the lock to the commit there is nothing but what has to be on locked stock. */
  private async reserveStock(
    tx: Tx<PlacementContexts>,
    requests: readonly PlacementRequest[],
    plans: readonly PlacementPlan[],
  ) {
    const stock = await this.stockGate.lockPatiently(tx, productsOf(requests));
    for (const plan of plans) {
      plan.reserveOn(stock);
      const write = new CombinedWrite();
      plan.writeTo(write);
      await write.execute(tx);
    }
  }
}

async function readChunks(stored: readonly Chunk[], batch: OrderBatch) {
  const chunks: BatchChunk[] = [];
  for await (const [[chunk]] of slices(stored, 1)) {
    const { firstIndex, requests } = chunk!;
    const orders = readRequests(requests, batch, firstIndex);
    const damaged = orders.find((order) => order instanceof UnreadableOrder);
    if (damaged) throw damaged.toError();
    chunks.push({ firstIndex, requests: orders });
  }
  const count = chunks.reduce((sum, { requests }) => sum + requests.length, 0);
  if (count !== batch.totalOrders) throw new IncompleteBatchError(batch.id, count, batch.totalOrders);
  return chunks;
}

/** Chunks of the batch are missing: somebody removed them by hand. */
class IncompleteBatchError extends DomainError {
  readonly code = 'ORDER_BATCH_INCOMPLETE';
  readonly kind = 'invalid';

  constructor(batchId: string, found: number, total: number) {
    super(`Batch ${batchId} has ${found} of its ${total} orders left.`);
  }
}
