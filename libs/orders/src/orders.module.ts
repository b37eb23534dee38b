import { AuditModule } from '@app/audit';
import { InventoryModule } from '@app/inventory';
import { ProductsModule } from '@app/products';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CompleteStage } from './fulfillment/complete-stage';
import { FulfillmentSteps } from './fulfillment/fulfillment-steps';
import { SimulatedSteps } from './fulfillment/simulated-steps';
import { CancelOrder } from './movement/cancel-order';
import { MoveOrders } from './movement/move-orders';
import { MovementIntake } from './movement/movement-intake';
import { OrderMovesRepository } from './movement/order-moves.repository';
import { StaleOrdersRepository } from './movement/stale-orders.repository';
import { SweepStaleOrders } from './movement/sweep-stale-orders';
import { Order } from './order.entity';
import { OrderLine } from './order-line.entity';
import { CleanUpIdempotencyKeys } from './placement/clean-up-idempotency-keys';
import { IdempotencyKeysRepository } from './placement/idempotency-keys.repository';
import { PlaceOrders } from './placement/place-orders';
import { PlacementIntake } from './placement/placement-intake';
import { PlacementRepository } from './placement/placement.repository';
import { OrdersRepository } from './reading/orders.repository';

const PUBLIC = [
  CancelOrder,
  CleanUpIdempotencyKeys,
  CompleteStage,
  MoveOrders,
  OrdersRepository,
  PlaceOrders,
  PlacementIntake,
  SweepStaleOrders,
];

@Module({
  imports: [TypeOrmModule.forFeature([Order, OrderLine]), AuditModule, InventoryModule, ProductsModule],
  providers: [
    ...PUBLIC,
    { provide: FulfillmentSteps, useClass: SimulatedSteps },
    IdempotencyKeysRepository,
    MovementIntake,
    OrderMovesRepository,
    PlacementRepository,
    StaleOrdersRepository,
  ],
  exports: [...PUBLIC, FulfillmentSteps],
})
export class OrdersModule {}
