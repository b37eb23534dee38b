import { CombinedWrite, Transactions, type Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { LockPlacements } from '../placement/lock-placements';
import { countPlacements } from '../placement/open-placements';
import { LOOK_AGAIN } from '../placement/place-in-transaction';
import type { PlacementOutcome } from '../placement/placement';
import { outcomesOfAll, validOrders } from './batched-order';
import { toBatchResults } from './batch-results';
import {
  addProgress,
  addResults,
  type BatchProgress,
  OrderBatchesRepository,
  progressOf,
  removeChunk,
} from './order-batches.repository';
import { readRequests } from './stored-requests';

/**
 * Places the next chunk of a batch that rejects only what fails, and returns how far the batch is then; undefined when there was
 * nothing to do. Orders, results, progress and the end of the chunk are one transaction: a chunk is placed once, however often
 * and by however many workers it is tried.
 */
@Injectable()
export class PlaceChunk {
  constructor(
    private readonly transactions: Transactions,
    private readonly batches: OrderBatchesRepository,
    private readonly lockPlacements: LockPlacements,
  ) {}

  async execute(batchId: string): Promise<BatchProgress | undefined> {
    const placed = await this.transactions.run((tx) => this.place(tx, batchId), LOOK_AGAIN);
    countPlacements(placed?.outcomes ?? []);
    return placed?.progress;
  }

  private async place(
    tx: Tx,
    batchId: string,
  ): Promise<{ outcomes: readonly PlacementOutcome[]; progress: BatchProgress } | undefined> {
    const batch = await this.batches.lockUnderWay(tx, batchId);
    if (!batch) return undefined;
    const [chunk] = await this.batches.findChunks(tx, batchId, 1);
    if (!chunk) throw new Error(`Batch ${batchId} is under way and has no chunk left`);
    const { firstIndex } = chunk;
    const requests = readRequests(chunk.requests, batch, firstIndex);
    const valid = validOrders(requests);
    const locked = await this.lockPlacements.execute(tx, valid);
    const decided = await locked.decide(valid);
    const { placedCount } = decided;
    const outcomes = outcomesOfAll(requests, decided.outcomes);
    const progress = progressOf(
      batch.totalOrders,
      batch.successfulOrders + placedCount,
      batch.failedOrders + outcomes.length - placedCount,
      'None of its orders could be placed.',
    );
    const write = new CombinedWrite();
    decided.writeTo(write);
    addResults(write, batchId, toBatchResults(outcomes, firstIndex));
    removeChunk(write, batchId, firstIndex);
    addProgress(write, batchId, progress);
    await write.execute(tx);
    return { outcomes, progress };
  }
}
