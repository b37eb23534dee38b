import { publish } from '@app/messaging';
import { CONFIG, type Config, LOGGER, type Logger, Transactions } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { OrderBatchRequeued } from '../contracts/order-batch-events';
import { OrderBatchesRepository } from './order-batches.repository';

/** Batches per sweep at most. What is left over is stale a minute later as well. */
const BATCHES_MAX = 100;

/**
 * Sends batches to the queue again that did not get any further for as long as an order may be pending: a queue that was emptied
 * must not leave an accepted request behind. Returns how many.
 */
@Injectable()
export class SweepStaleBatches {
  constructor(
    private readonly transactions: Transactions,
    private readonly batches: OrderBatchesRepository,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute({ afterMinutes = this.config.STALE_PENDING_MINUTES } = {}): Promise<number> {
    const stale = await this.transactions.run(async (tx) => {
      const claimed = await this.batches.claimStale(tx, afterMinutes, BATCHES_MAX);
      await publish(
        tx,
        claimed.map(({ id, requestId, totalOrders }) => ({
          event: OrderBatchRequeued,
          aggregateId: id,
          aggregateVersion: 2,
          correlationId: requestId,
          payload: { batch_id: id, total_orders: totalOrders },
        })),
      );
      return claimed;
    });
    for (const { id, totalOrders } of stale) this.logger.warn({ batchId: id, totalOrders }, 'order_batch.requeued');
    return stale.length;
  }
}
