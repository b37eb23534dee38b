import { CombinedWrite, slices, Transactions } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { BatchedOrderRejectedError } from '../errors';
import { BatchStatus } from './batch-status';
import { type BatchResult, ORDERS_PER_TRANSACTION_MAX } from './order-batch';
import { addProgress, addResults, type BatchProgress, OrderBatchesRepository } from './order-batches.repository';

/**
 * Ends a batch as failed, with a reason: its remaining orders are not placed and say so. Orders that were placed before stay.
 * Returns how far it is; undefined when it had ended already.
 */
@Injectable()
export class EndBatch {
  constructor(
    private readonly transactions: Transactions<'orders'>,
    private readonly batches: OrderBatchesRepository,
  ) {}

  /** `results` are those of orders with an error of their own, or of all. */
  async execute(
    batchId: string,
    failureReason: string,
    results: readonly BatchResult[] = [],
  ): Promise<BatchProgress | undefined> {
    const { code, message } = new BatchedOrderRejectedError();
    return this.transactions.run(async (tx) => {
      const batch = await this.batches.lockBegun(tx, batchId);
      if (!batch) return undefined;
      for await (const [slice] of slices(results, ORDERS_PER_TRANSACTION_MAX)) {
        const write = new CombinedWrite();
        addResults(write, batchId, slice);
        await write.execute(tx);
      }
      await this.batches.failTheRest(tx, batch, { code, message, errors: [] });
      const failedOrders = batch.totalOrders - batch.successfulOrders;
      const { successfulOrders } = batch;
      const progress = { status: BatchStatus.failed, successfulOrders, failedOrders, failureReason };
      const write = new CombinedWrite();
      addProgress(write, batchId, progress);
      await write.execute(tx);
      return progress;
    });
  }
}
