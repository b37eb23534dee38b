import { CombinedWrite, DomainError, slices, Transactions, type Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { LockPlacements } from '../placement/lock-placements';
import { countPlacements, type DecidedPlacements } from '../placement/open-placements';
import { LOOK_AGAIN } from '../placement/place-in-transaction';
import type { PlacementOutcome } from '../placement/placement';
import { type BatchedOrder, outcomesOfAll, validOrders } from './batched-order';
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

/**
 * Places a batch that rejects all when one order fails: all its chunks in one transaction, or none. All orders are decided in
 * memory before the first is written, so that a batch that is rejected costs the database nothing but its locks; what is placed
 * is written chunk by chunk, because one statement for 50,000 orders holds the event loop up for seconds. Returns how far
 * the batch is then; undefined when there was nothing to do.
 */
@Injectable()
export class PlaceWholeBatch {
  constructor(
    private readonly transactions: Transactions,
    private readonly batches: OrderBatchesRepository,
    private readonly lockPlacements: LockPlacements,
    private readonly endBatch: EndBatch,
  ) {}

  async execute(batchId: string): Promise<BatchProgress | undefined> {
    const decision = await this.transactions.run((tx) => this.place(tx, batchId), LOOK_AGAIN);
    if (!decision) return undefined;
    const { batch, isRejected, outcomes } = decision;
    const progress = isRejected
      ? await this.endBatch.execute(batchId, rejectionReason(outcomes), toBatchResults(outcomes))
      : progressOf(batch.totalOrders, batch.totalOrders, 0, '');
    if (progress) countPlacements(outcomes);
    return progress;
  }

  private async place(tx: Tx, batchId: string): Promise<Decision | undefined> {
    const batch = await this.batches.lockUnderWay(tx, batchId);
    if (!batch) return undefined;
    const chunks = await readChunks(await this.batches.findChunks(tx, batchId, ORDERS_PER_BATCH_MAX), batch);
    const open = await this.lockPlacements.execute(
      tx,
      chunks.flatMap(({ requests }) => validOrders(requests)),
    );
    const decided: { firstIndex: number; placements: DecidedPlacements }[] = [];
    const all: PlacementOutcome[] = [];
    for await (const [[chunk]] of slices(chunks, 1)) {
      const { firstIndex, requests } = chunk!;
      const placements = await open.decide(validOrders(requests));
      decided.push({ firstIndex, placements });
      all.push(...outcomesOfAll(requests, placements.outcomes));
    }
    const { isRejected, outcomes } = applyPolicy(batch.errorPolicy, all);
    if (isRejected) return { batch, isRejected, outcomes };
    for (const { firstIndex, placements } of decided) {
      const write = new CombinedWrite();
      placements.writeTo(write);
      addResults(write, batchId, toBatchResults(placements.outcomes, firstIndex));
      removeChunk(write, batchId, firstIndex);
      await write.execute(tx);
    }
    const write = new CombinedWrite();
    addProgress(write, batchId, progressOf(batch.totalOrders, batch.totalOrders, 0, ''));
    await write.execute(tx);
    return { batch, isRejected, outcomes };
  }
}

async function readChunks(stored: readonly Chunk[], batch: OrderBatch) {
  const chunks: { firstIndex: number; requests: BatchedOrder[] }[] = [];
  for await (const [[chunk]] of slices(stored, 1)) {
    const { firstIndex, requests } = chunk!;
    chunks.push({ firstIndex, requests: readRequests(requests, batch, firstIndex) });
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
