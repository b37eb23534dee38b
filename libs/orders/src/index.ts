export { AmendOrder, type Amendment } from './amend-order';
export { AcceptBatch } from './bulk/accept-batch';
export { type BatchedOrder, InvalidOrder } from './bulk/batched-order';
export { BatchDispatcher } from './bulk/batch-dispatcher';
export { BATCH_STATES, BATCH_STATUSES, BatchStatus, batchStatusAfter } from './bulk/batch-status';
export {
  type BatchedOrderError,
  type BatchReply,
  type BatchRequest,
  type BatchResult,
  ERROR_POLICIES,
  type ErrorPolicy,
  type OrderBatch,
  ORDERS_PER_BATCH_MAX,
  ORDERS_PER_TRANSACTION_MAX,
} from './bulk/order-batch';
export { OrderBatchesRepository } from './bulk/order-batches.repository';
export { PlaceAcceptedBatch } from './bulk/place-accepted-batch';
export { type BatchPlacement, PlaceBatch, type PlacedBatch } from './bulk/place-batch';
export { SweepStaleBatches } from './bulk/sweep-stale-batches';
export { clearOrders } from './clear-orders';
export * from './contracts/order-batch-events';
export * from './contracts/order-events';
export * from './contracts/order-ticks';
export {
  BatchConflictError,
  BatchedOrderRejectedError,
  BatchInvalidError,
  CannotAmendOrderError,
  CannotCancelOrderError,
  DuplicateOrderError,
  IdempotencyKeyInUseError,
  IdempotencyKeyReusedError,
  OrderBatchNotFoundError,
  OrderInconsistentError,
  OrderNotFoundError,
  OrderVersionNotKeptError,
  RepeatedProductError,
  ReservationMismatchError,
  UnknownProductError,
} from './errors';
export { FULFILLMENT_SUBSCRIPTION } from './fulfillment-subscription';
export { CompleteStage, type StageRun } from './fulfillment/complete-stage';
export {
  type FulfillmentStage,
  type FulfillmentStep,
  FulfillmentSteps,
  stageFrom,
  stagesLeft,
  type StepResult,
} from './fulfillment/fulfillment-steps';
export { simulatedDelayMs } from './fulfillment/simulated-steps';
export { ordersInvariants } from './invariants';
export { ORDERS_MIGRATIONS } from './migrations';
export { type Cancellation, type CancelledOrder, CancelOrder } from './transitions/cancel-order';
export { ApplyTransitions } from './transitions/apply-transitions';
export type { TransitionOutcome, OrderTransition } from './transitions/order-transition';
export type { FindQueued } from './transitions/find-abandoned-orders';
export { ResumeLostOrders } from './transitions/resume-lost-orders';
export { ResumeOrders } from './transitions/resume-orders';
export { StaleOrdersRepository } from './transitions/stale-orders.repository';
export { type SweepResult, SweepStaleOrders } from './transitions/sweep-stale-orders';
export { Order, TRACKED_ORDERS } from './order.entity';
export { OrderLine } from './order-line.entity';
export { ORDER_PRIORITIES, type OrderPriority, priorityName } from './order-priority';
export {
  canTransition,
  reservesStock,
  isFinal,
  ORDER_STATES,
  ORDER_STATUSES,
  ORDER_TRANSITIONS,
  OrderStatus,
  stockEffect,
} from './order-status';
export { OrdersModule } from './orders.module';
export { CleanUpIdempotencyKeys } from './idempotency/clean-up-idempotency-keys';
export {
  IdempotencyKeysRepository,
  type KeyedRequest,
  type WholeReply,
} from './idempotency/idempotency-keys.repository';
export { PlaceOrders } from './placement/place-orders';
export type {
  Idempotency,
  PlacedOrder,
  PlacementLine,
  PlacementOutcome,
  PlacementRequest,
} from './placement/placement';
export { PlacementBatcher } from './placement/placement-batcher';
export { OrderStatusFeed, type OrderStatusChange } from './reading/order-status-feed';
export type { OrderFilter, OrderQuery, OrderSort } from './reading/order-query';
export { type OrderDetail, OrdersRepository } from './reading/orders.repository';
export { RewriteSearchWords } from './reading/rewrite-search-words';
export type { StatusChange } from './reading/status-history';
export { RepairStock, type StockRepair } from './repair-stock';
export { FoldOrderStatistics } from './statistics/fold-order-statistics';
export { type OrderStatistics, OrderStatisticsRepository } from './statistics/order-statistics.repository';
export { isPastDeadline, type StaleAfterMinutes, staleAfterMinutes } from './staleness';
