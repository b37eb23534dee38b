import { StockGate } from '@app/inventory';
import { CombinedWrite, Transactions, type Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { PlacementContexts } from '../order-transactions';
import { RETRY_ON_CONCURRENT_DUPLICATE } from '../placement/concurrent-duplicate';
import { type PlacementOutcome, productsOf } from '../placement/placement';
import { countPlacements } from '../placement/placement-metrics';
import { PlacementPlanner } from '../placement/placement-plan';
import { PlacementReader } from '../placement/placement-reader';
import { type BatchedOrder, outcomesOfAll, validOrders } from './batched-order';
import type { OrderBatch } from './order-batch';
import { toBatchResults } from './batch-results';
import {
  addProgress,
  addResults,
  type BatchProgress,
  type Chunk,
  OrderBatchesRepository,
  progressOf,
  removeChunk,
} from './order-batches.repository';
import { readRequests, unreadable } from './stored-requests';

/**
 * Places the next chunk of a batch that rejects only what fails, and returns how far the batch is then; undefined when there was
 * nothing to do. Orders, results, progress and the end of the chunk are one transaction: a chunk is placed once, however often
 * and by however many workers it is tried.
 */
@Injectable()
export class PlaceChunk {
  constructor(
    private readonly transactions: Transactions<PlacementContexts>,
    private readonly batches: OrderBatchesRepository,
    private readonly reader: PlacementReader,
    private readonly stockGate: StockGate,
  ) {}

  async execute(batchId: string): Promise<BatchProgress | undefined> {
    const placed = await this.transactions.run((tx) => this.place(tx, batchId), RETRY_ON_CONCURRENT_DUPLICATE);
    countPlacements(placed?.outcomes ?? []);
    return placed?.progress;
  }

  private async place(
    tx: Tx<PlacementContexts>,
    batchId: string,
  ): Promise<{ outcomes: readonly PlacementOutcome[]; progress: BatchProgress } | undefined> {
    const batch = await this.batches.lockBegun(tx, batchId);
    if (!batch) return undefined;
    const [chunk] = await this.batches.findChunks(tx, batchId, 1);
    const requests = ordersOf(chunk, batch);
    const firstIndex = processedOf(batch);
    const valid = validOrders(requests);
    const inputs = await this.reader.readInputs(tx, valid);
    const stock = await this.stockGate.lockPatiently(tx, productsOf(valid));
    const plan = new PlacementPlanner(inputs, stock).plan(valid);
    await this.reader.requireNoConcurrentDuplicates(tx, [plan]);
    const { placedCount } = plan;
    const outcomes = outcomesOfAll(requests, plan.outcomes);
    const progress = progressOf(
      batch.totalOrders,
      batch.successfulOrders + placedCount,
      batch.failedOrders + outcomes.length - placedCount,
      'None of its orders could be placed.',
    );
    const write = new CombinedWrite();
    plan.writeTo(write);
    addResults(write, batchId, toBatchResults(outcomes, firstIndex));
    if (chunk) removeChunk(write, batchId, chunk.firstIndex);
    addProgress(write, batchId, progress);
    await write.execute(tx);
    return { outcomes, progress };
  }
}

/** Chunks are placed in request order: what has a result is what comes before the next chunk. */
function processedOf({ successfulOrders, failedOrders }: OrderBatch): number {
  return successfulOrders + failedOrders;
}

/**
 * The orders from what is done up to the chunk behind this one. Those that are not there, or cannot be read, were damaged outside of
 * the product: they fail alone, each with a result that says so, and the chunks behind them are placed.
 */
function ordersOf(chunk: Chunk | undefined, batch: OrderBatch): BatchedOrder[] {
  const begin = processedOf(batch);
  const end = chunk?.nextIndex ?? batch.totalOrders;
  const stored = chunk ? readRequests(chunk.requests, batch, chunk.firstIndex) : [];
  return Array.from(
    { length: end - begin },
    (_, offset) => stored[begin + offset - (chunk?.firstIndex ?? 0)] ?? unreadable(begin + offset),
  );
}
