export {
  type AdjustedQuantity,
  type Adjustment,
  ADJUSTMENT_TYPES,
  type AdjustmentType,
  AdjustStock,
} from './adjust-stock';
export { type BlockedProduct, BlockedStock } from './blocked-stock';
export { clearStock } from './clear-stock';
export { CompareReservations } from './compare-reservations';
export { CorrectStock, missingMovements, type StockOfOrder } from './correct-stock';
export { CompareStockDue } from './contracts/inventory-ticks';
export { type DriftCheck, type DriftedLevel, DriftRepository, type LevelReservationMismatch } from './drift.repository';
export {
  CannotRemoveStockError,
  UnexpectedQuantityError,
  CapacityBelowStockError,
  CapacityExceededError,
  InsufficientStockError,
  StockLevelNotFoundError,
} from './errors';
export { CreateStockedProducts, type NewStockedProduct } from './create-stocked-products';
export { INVENTORY_INVARIANTS } from './invariants';
export { InventoryModule } from './inventory.module';
export { type LimitChange, LimitChangesRepository } from './limit-changes.repository';
export { isLowStock } from './low-stock';
export { INVENTORY_MIGRATIONS } from './migrations';
export { RESERVATION_STATES, RESERVATION_TRANSITIONS, ReservationState } from './reservation-state';
export { ReconcileStock, type Reconciliation } from './reconcile-stock';
export { type ProductRevision, UpdateStockedProduct } from './update-stocked-product';
export {
  type ReservedStock,
  type ReservedOrder,
  type ReservableStock,
  type ReservationMismatch,
  type ReserveOutcome,
  type ResolveOutcome,
  type Shortage,
  StockGate,
  type StockRequest,
  type StockWrite,
} from './stock-gate';
export { STOCK_ACTIONS, StockActions } from './stock-actions';
export { StockLevel } from './stock-level.entity';
export {
  type StockLevelQuery,
  type StockLevelSort,
  StockLevelsRepository,
  type StockSummary,
} from './stock-levels.repository';
export { type MovementKind, StockMovement } from './stock-movement.entity';
export { StockMovementsRepository } from './stock-movements.repository';
