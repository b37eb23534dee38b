import { appendToOutbox } from '@app/messaging';
import {
  CombinedWrite,
  CONFIG,
  type Config,
  LOGGER,
  type Logger,
  SlicedWork,
  Transactions,
  UnavailableError,
} from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { OrderBatchAccepted } from '../contracts/order-batch-events';
import { addKeys } from '../idempotency/idempotency-keys.repository';
import { RETRY_ON_CONCURRENT_DUPLICATE } from '../placement/concurrent-duplicate';
import { PlacementRepository } from '../placement/placement.repository';
import { findRepeatedReply } from '../placement/duplicate-requests';
import type { BatchReply, BatchRequest, OrderBatch } from './order-batch';
import { OrderBatchesRepository } from './order-batches.repository';
import { partsOf } from './parts';
import { storeRequests } from './stored-requests';

/**
 * Stores a bulk request for a worker: the batch, its orders in chunks, and the event that says so exist together or not at all.
 * No stock is looked at yet. Throws IdempotencyKeyReusedError, IdempotencyKeyInUseError, and UnavailableError when too many orders
 * wait already.
 */
@Injectable()
export class AcceptBatch {
  constructor(
    private readonly transactions: Transactions<'orders'>,
    private readonly batches: OrderBatchesRepository,
    private readonly placements: PlacementRepository,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(request: BatchRequest<OrderBatch>): Promise<BatchReply<OrderBatch>> {
    const chunks: { firstIndex: number; json: string }[] = [];
    const work = new SlicedWork();
    for (const { firstIndex, orders } of partsOf(request.requests)) {
      chunks.push({ firstIndex, json: storeRequests(orders) });
      if (work.isDue) await work.turn();
    }
    const { batchId, errorPolicy, idempotency, principal, requestId } = request;
    const totalOrders = request.requests.length;
    const accepted = await this.transactions.run(async (tx): Promise<BatchReply<OrderBatch>> => {
      const repeated = await findRepeatedReply(tx, this.placements, request);
      if (repeated) return { result: 'replayed', batchId: repeated.ownerId, reply: repeated.reply };
      const batch = await this.batches.insertPending(
        tx,
        { id: batchId, errorPolicy, totalOrders, createdBy: principal.text, requestId },
        this.config.BATCH_ORDERS_WAITING_MAX,
      );
      if (!batch) throw new UnavailableError('Too many orders of bulk requests are waiting. Try again later.');
      for (const chunk of chunks) await this.batches.insertChunk(tx, batchId, chunk);
      const write = new CombinedWrite();
      const reply = idempotency?.render(batch);
      if (idempotency && reply !== undefined)
        addKeys(write, [{ ...idempotency, principal, orderId: null, batchId, reply }]);
      appendToOutbox(write, [
        {
          event: OrderBatchAccepted,
          aggregateId: batchId,
          aggregateVersion: 1,
          correlationId: requestId,
          payload: { batch_id: batchId, total_orders: totalOrders },
        },
      ]);
      await write.execute(tx);
      return { result: 'new', answer: batch, reply };
    }, RETRY_ON_CONCURRENT_DUPLICATE);
    if (accepted.result === 'new')
      this.logger.info(
        {
          batch_id: batchId,
          total_orders: totalOrders,
          error_policy: errorPolicy,
          request_id: requestId,
          principal: principal.text,
        },
        'order_batch.accepted',
      );
    return accepted;
  }
}
