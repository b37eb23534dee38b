import { DomainError, LOGGER, type Logger, Transactions, UnavailableError } from '@app/platform';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { PlacementContexts } from '../order-transactions';
import { BatchStatus } from './batch-status';
import { EndBatch } from './end-batch';
import type { OrderBatch } from './order-batch';
import { type BatchProgress, OrderBatchesRepository } from './order-batches.repository';
import { PlaceChunk } from './place-chunk';
import { PlaceWholeBatch } from './place-whole-batch';

/** Begun this many times without getting any further, a batch is what stops its workers. */
const ATTEMPTS_MAX = 8;

/**
 * Works on a stored batch until all its orders are placed or refused. It may be called again at any moment, also side by side: it
 * goes on where the last committed transaction ended. What cannot be done ends the batch as failed, and is thrown as well.
 */
@Injectable()
export class PlaceAcceptedBatch implements OnModuleDestroy {
  private isStopping = false;

  constructor(
    private readonly transactions: Transactions<PlacementContexts>,
    private readonly batches: OrderBatchesRepository,
    private readonly placeChunk: PlaceChunk,
    private readonly placeWholeBatch: PlaceWholeBatch,
    private readonly endBatch: EndBatch,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(batchId: string): Promise<void> {
    const batch = await this.transactions.run((tx) => this.batches.begin(tx, batchId));
    if (!batch) {
      this.logger.info({ batch_id: batchId }, 'order_batch.nothing_to_do');
      return;
    }
    try {
      if (batch.attempts > ATTEMPTS_MAX) throw new Error(`Batch ${batchId} did not get any further`);
      if (batch.errorPolicy === 'reject_all') this.report(batch, await this.placeWholeBatch.execute(batchId));
      else await this.placeChunks(batch);
    } catch (error) {
      await this.settle(batch, error);
      throw error;
    }
  }

  /** A process that stops finishes the transaction that runs; another worker goes on from there. */
  onModuleDestroy(): void {
    this.isStopping = true;
  }

  private async placeChunks(batch: OrderBatch & { attempts: number }): Promise<void> {
    for (;;) {
      if (this.isStopping) throw new UnavailableError('This worker stops; another one goes on with the batch.');
      const progress = await this.placeChunk.execute(batch.id);
      this.report(batch, progress);
      if (progress?.status !== BatchStatus.processing) return;
      batch.attempts = 0;
    }
  }

  /** What may pass is no reason to give the batch up: the queue, or the sweep, brings it here again. */
  private async settle(batch: OrderBatch & { attempts: number }, error: unknown): Promise<void> {
    if (error instanceof UnavailableError) return this.batches.forgiveAttempt(batch.id);
    const isHopeless = error instanceof DomainError || batch.attempts >= ATTEMPTS_MAX;
    if (!isHopeless) return;
    const reason = error instanceof DomainError ? error.message : 'Something went wrong here again and again.';
    this.report(batch, await this.endBatch.execute(batch.id, reason));
  }

  private report({ id, totalOrders, createdBy }: OrderBatch, progress: BatchProgress | undefined): void {
    if (!progress) return;
    const { status, successfulOrders, failedOrders, failureReason } = progress;
    this.logger.info(
      {
        batch_id: id,
        status,
        total_orders: totalOrders,
        successful_orders: successfulOrders,
        failed_orders: failedOrders,
        failure_reason: failureReason ?? undefined,
        principal: createdBy,
      },
      status === BatchStatus.processing ? 'order_batch.progressed' : 'order_batch.ended',
    );
  }
}
