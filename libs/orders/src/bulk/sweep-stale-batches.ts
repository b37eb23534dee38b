import { publish } from '@app/messaging';
import { CONFIG, type Config, LOGGER, type Logger, Transactions, type Tx } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { OrderBatchRequeued } from '../contracts/order-batch-events';
import type { OrderBatch } from './order-batch';
import { OrderBatchesRepository } from './order-batches.repository';

/** Batches per transaction. */
const STEP_SIZE = 100;
const NIL_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Sends batches to the queue again that did not get any further for as long as an order may be pending: a queue that was emptied
 * must not leave an accepted request behind. One step each minute is enough for those that only wait long; after a loss it is all
 * of them. Returns how many.
 */
@Injectable()
export class SweepStaleBatches {
  constructor(
    private readonly transactions: Transactions<'orders'>,
    private readonly batches: OrderBatchesRepository,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute({ afterMinutes = this.config.STALE_PENDING_MINUTES, stepsMax = 1 } = {}): Promise<number> {
    let requeued = 0;
    let last = NIL_ID;
    for (let step = 0; step < stepsMax; step++) {
      const stale = await this.transactions.run((tx) => this.requeue(tx, afterMinutes, last));
      for (const { id, totalOrders } of stale)
        this.logger.warn({ batch_id: id, total_orders: totalOrders }, 'order_batch.requeued');
      requeued += stale.length;
      if (stale.length < STEP_SIZE) break;
      last = stale.at(-1)!.id;
    }
    return requeued;
  }

  private async requeue(tx: Tx<'orders'>, afterMinutes: number, afterId: string): Promise<OrderBatch[]> {
    const claimed = await this.batches.claimStale(tx, afterMinutes, afterId, STEP_SIZE);
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
  }
}
