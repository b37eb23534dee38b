import { type Config, CONFIG, requireContext, requireMigrated } from '@app/platform';
import { AuditModule } from '@app/audit';
import { MessagingModule } from '@app/messaging';
import { InventoryModule } from '@app/inventory';
import { ProductsModule } from '@app/products';
import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AmendOrder } from './amend-order';
import { AcceptBatch } from './bulk/accept-batch';
import { BatchDispatcher } from './bulk/batch-dispatcher';
import { EndBatch } from './bulk/end-batch';
import { OrderBatchesRepository } from './bulk/order-batches.repository';
import { PlaceAcceptedBatch } from './bulk/place-accepted-batch';
import { PlaceBatch } from './bulk/place-batch';
import { PlaceChunk } from './bulk/place-chunk';
import { PlaceWholeBatch } from './bulk/place-whole-batch';
import { PlanWholeBatch } from './bulk/plan-whole-batch';
import { SweepStaleBatches } from './bulk/sweep-stale-batches';
import { CompleteStage } from './fulfillment/complete-stage';
import { FulfillmentSteps } from './fulfillment/fulfillment-steps';
import { SimulatedSteps } from './fulfillment/simulated-steps';
import { CancelOrder } from './transitions/cancel-order';
import { CurrentStatus } from './transitions/current-status';
import { ApplyTransitions } from './transitions/apply-transitions';
import { TransitionBatcher } from './transitions/transition-batcher';
import { OrderTransitionsRepository } from './transitions/order-transitions.repository';
import { FindAbandonedOrders } from './transitions/find-abandoned-orders';
import { FindBlockedTransitions } from './transitions/find-blocked-transitions';
import { ResumeLostOrders } from './transitions/resume-lost-orders';
import { ResumeOrders } from './transitions/resume-orders';
import { SendOrdersAgain } from './transitions/send-orders-again';
import { StaleOrdersRepository } from './transitions/stale-orders.repository';
import { SweepStaleOrders } from './transitions/sweep-stale-orders';
import { Order } from './order.entity';
import { OrderLine } from './order-line.entity';
import { CleanUpIdempotencyKeys } from './idempotency/clean-up-idempotency-keys';
import { IdempotencyKeysRepository } from './idempotency/idempotency-keys.repository';
import { OptimisticPlacement } from './placement/optimistic-placement';
import { PreparePlacements } from './placement/prepare-placements';
import { PlaceInOneStatement } from './placement/place-in-one-statement';
import { PlaceInTransaction } from './placement/place-in-transaction';
import { PlaceOrders } from './placement/place-orders';
import { PlacementBatcher } from './placement/placement-batcher';
import { PlacementRepository } from './placement/placement.repository';
import { OrderStatusFeed } from './reading/order-status-feed';
import { PlacementReader } from './placement/placement-reader';
import { OrderSearchRepository } from './reading/order-search.repository';
import { OrdersRepository } from './reading/orders.repository';
import { RewriteSearchWords } from './reading/rewrite-search-words';
import { RepairStock } from './repair-stock';
import { FoldOrderStatistics } from './statistics/fold-order-statistics';
import { OrderMetrics } from './statistics/order-metrics';
import { OrderStatisticsRepository } from './statistics/order-statistics.repository';
import { DataSource } from 'typeorm';
import { ORDERS_MIGRATIONS } from './migrations';

const PUBLIC = [
  AcceptBatch,
  AmendOrder,
  BatchDispatcher,
  CancelOrder,
  CleanUpIdempotencyKeys,
  CompleteStage,
  FoldOrderStatistics,
  IdempotencyKeysRepository,
  ApplyTransitions,
  OrderBatchesRepository,
  OrderStatisticsRepository,
  OrderStatusFeed,
  OrdersRepository,
  PlaceAcceptedBatch,
  PlaceBatch,
  PlaceOrders,
  PlacementBatcher,
  RepairStock,
  ResumeLostOrders,
  ResumeOrders,
  RewriteSearchWords,
  StaleOrdersRepository,
  SweepStaleBatches,
  SweepStaleOrders,
];

@Module({
  imports: [
    TypeOrmModule.forFeature([Order, OrderLine]),
    AuditModule,
    MessagingModule,
    InventoryModule,
    ProductsModule,
  ],
  providers: [
    ...PUBLIC,
    { provide: FulfillmentSteps, useClass: SimulatedSteps },
    FindAbandonedOrders,
    FindBlockedTransitions,
    SendOrdersAgain,
    EndBatch,
    OptimisticPlacement,
    PreparePlacements,
    PlacementReader,
    CurrentStatus,
    TransitionBatcher,
    OrderMetrics,
    OrderTransitionsRepository,
    PlaceChunk,
    PlaceInOneStatement,
    PlaceInTransaction,
    PlaceWholeBatch,
    PlanWholeBatch,
    OrderSearchRepository,
    PlacementRepository,
  ],
  exports: [...PUBLIC, FulfillmentSteps],
})
export class OrdersModule implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly dataSource: DataSource,
  ) {}

  onModuleInit(): Promise<void> {
    requireContext(this.config, 'orders');
    return requireMigrated(this.dataSource, ORDERS_MIGRATIONS);
  }
}
