import { AuditModule } from '@app/audit';
import { InventoryModule } from '@app/inventory';
import { MessagingModule } from '@app/messaging';
import { OrderCancelled, OrderDelivered, OrderFailed, OrdersModule } from '@app/orders';
import { type Config, type Logger, PlatformModule } from '@app/platform';
import { type DynamicModule, Module } from '@nestjs/common';
import { CleanUpHistoryProcessor } from './maintenance/clean-up-history.processor';
import { CleanUpIdempotencyKeysProcessor } from './maintenance/clean-up-idempotency-keys.processor';
import { CleanUpMessagesProcessor } from './maintenance/clean-up-messages.processor';
import { CompareStockProcessor } from './maintenance/compare-stock.processor';
import { FoldOrderStatisticsProcessor } from './orders/fold-order-statistics.processor';
import { PlaceOrderBatchProcessor } from './orders/place-order-batch.processor';
import { ResumeLostOrdersProcessor } from './orders/resume-lost-orders.processor';
import { ResumeOrdersProcessor } from './orders/resume-orders.processor';
import { RewriteSearchWordsProcessor } from './orders/rewrite-search-words.processor';
import { RunStageProcessor } from './orders/run-stage.processor';
import { SweepStaleBatchesProcessor } from './orders/sweep-stale-batches.processor';
import { SweepStaleOrdersProcessor } from './orders/sweep-stale-orders.processor';
import { WorkerPulse } from './worker-pulse';

/** Every consumer of this process. One that is missing here leaves its events without a handler. */
const CONSUMERS = [
  RunStageProcessor,
  ResumeLostOrdersProcessor,
  ResumeOrdersProcessor,
  PlaceOrderBatchProcessor,
  SweepStaleOrdersProcessor,
  SweepStaleBatchesProcessor,
  FoldOrderStatisticsProcessor,
  RewriteSearchWordsProcessor,
  CompareStockProcessor,
  CleanUpMessagesProcessor,
  CleanUpIdempotencyKeysProcessor,
  CleanUpHistoryProcessor,
];

/** What nobody here acts on; streams show it. An event that is in neither list waits for a version that knows it. */
const UNCONSUMED = [OrderDelivered, OrderCancelled, OrderFailed];

@Module({})
export class WorkerModule {
  static for(config: Config, logger: Logger): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        PlatformModule.for(config, 'worker', logger),
        MessagingModule.withConsumers(CONSUMERS, [OrdersModule, InventoryModule, AuditModule], UNCONSUMED),
      ],
      providers: [WorkerPulse],
    };
  }
}
