import { CombinedWrite, DomainError, slices, Transactions, type Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { type LockedPlacements, LockPlacements } from '../placement/lock-placements';
import { countPlacements, type DecidedPlacements, StockTakenError } from '../placement/open-placements';
import { LOOK_AGAIN } from '../placement/place-in-transaction';
import type { PlacementOutcome } from '../placement/placement';
import { type PlannedPlacements, PlanPlacements } from '../placement/plan-placements';
import { type BatchedOrder, outcomesOfAll, UnreadableOrder, validOrders } from './batched-order';
import { applyPolicy, rejectionReason, toBatchResults } from './batch-results';
import { EndBatch } from './end-batch';
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

interface PlannedChunk {
  firstIndex: number;
  requests: BatchedOrder[];
}

interface DecidedChunk extends PlannedChunk {
  placements: DecidedPlacements;
}

/** How often a plan that was overtaken is made anew, before the stock is locked first. */
const PLANS_MAX = 3;

/**
 * Places a batch that rejects all when one order fails: all its chunks in one transaction, or none. It is planned on stock that nobody
 * locks: a batch that is rejected locks none. What is to be placed is written chunk by chunk, because one statement for 50,000 orders
 * holds the event loop up for seconds, and the stock is locked and taken at the end: before, everybody else who wanted it waited for all of
 * the writing. Returns how far the batch is then; undefined when there was nothing to do.
 */
@Injectable()
export class PlaceWholeBatch {
  constructor(
    private readonly transactions: Transactions,
    private readonly batches: OrderBatchesRepository,
    private readonly lockPlacements: LockPlacements,
    private readonly planPlacements: PlanPlacements,
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
        const ahead = plan <= PLANS_MAX;
        return await this.transactions.run((tx) => this.place(tx, batchId, ahead), LOOK_AGAIN);
      } catch (error) {
        if (!(error instanceof StockTakenError)) throw error;
      }
  }

  private async place(tx: Tx, batchId: string, ahead: boolean): Promise<Decision | undefined> {
    const batch = await this.batches.lockUnderWay(tx, batchId);
    if (!batch) return undefined;
    const chunks = await readChunks(await this.batches.findChunks(tx, batchId, ORDERS_PER_BATCH_MAX), batch);
    const requests = chunks.flatMap((chunk) => validOrders(chunk.requests));
    const plan = ahead ? await this.planPlacements.execute(tx, requests) : undefined;
    const decided = await decide(plan ?? (await this.lockPlacements.execute(tx, requests)), chunks);
    const { isRejected, outcomes } = applyPolicy(
      batch.errorPolicy,
      decided.flatMap(({ requests, placements }) => outcomesOfAll(requests, placements.outcomes)),
    );
    if (isRejected) return { batch, isRejected, outcomes };
    for (const chunk of decided) {
      const write = new CombinedWrite();
      if (plan) chunk.placements.writeOrdersTo(write);
      else chunk.placements.writeTo(write);
      addResults(write, batchId, toBatchResults(chunk.placements.outcomes, chunk.firstIndex));
      removeChunk(write, batchId, chunk.firstIndex);
      await write.execute(tx);
    }
    const end = new CombinedWrite();
    addProgress(end, batchId, progressOf(batch.totalOrders, batch.totalOrders, 0, ''));
    await end.execute(tx);
    if (plan) await this.takeStock(tx, plan, decided);
    return { batch, isRejected, outcomes };
  }

  /** From the lock to the commit there is nothing but what has to be on locked stock. */
  private async takeStock(tx: Tx, plan: PlannedPlacements, decided: readonly DecidedChunk[]) {
    const stock = await plan.lockStock();
    for (const { requests: some, placements } of decided) {
      const write = new CombinedWrite();
      placements.takeStock(validOrders(some), stock).writeTo(write);
      await write.execute(tx);
    }
  }
}

async function decide(open: LockedPlacements, chunks: readonly PlannedChunk[]): Promise<DecidedChunk[]> {
  const decided: DecidedChunk[] = [];
  for await (const [[chunk]] of slices(chunks, 1))
    decided.push({ ...chunk!, placements: await open.decide(validOrders(chunk!.requests)) });
  return decided;
}

async function readChunks(stored: readonly Chunk[], batch: OrderBatch) {
  const chunks: PlannedChunk[] = [];
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
