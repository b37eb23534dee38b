import { requireMigrated } from '@app/platform';
import { ProductsModule } from '@app/products';
import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AdjustStock } from './adjust-stock';
import { BlockedStock } from './blocked-stock';
import { CompareReservations } from './compare-reservations';
import { CorrectStock } from './correct-stock';
import { DriftRepository } from './drift.repository';
import { IntroduceProducts } from './introduce-products';
import { LimitChangesRepository } from './limit-changes.repository';
import { OpenStockLevels } from './open-stock-levels';
import { ReconcileStock } from './reconcile-stock';
import { ReviseProduct } from './revise-product';
import { StockLevel } from './stock-level.entity';
import { StockLevelsRepository } from './stock-levels.repository';
import { StockMetrics } from './stock-metrics';
import { StockMovement } from './stock-movement.entity';
import { StockMovementsRepository } from './stock-movements.repository';
import { SumLedger } from './sum-ledger';
import { TurnoverRepository } from './turnover.repository';
import { DataSource } from 'typeorm';
import { INVENTORY_MIGRATIONS } from './migrations';

const PUBLIC = [
  AdjustStock,
  BlockedStock,
  CompareReservations,
  CorrectStock,
  DriftRepository,
  IntroduceProducts,
  LimitChangesRepository,
  ReconcileStock,
  ReviseProduct,
  StockLevelsRepository,
  StockMovementsRepository,
];

@Module({
  imports: [TypeOrmModule.forFeature([StockLevel, StockMovement]), ProductsModule],
  providers: [...PUBLIC, OpenStockLevels, StockMetrics, SumLedger, TurnoverRepository],
  exports: PUBLIC,
})
export class InventoryModule implements OnModuleInit {
  constructor(private readonly dataSource: DataSource) {}

  onModuleInit(): Promise<void> {
    return requireMigrated(this.dataSource, INVENTORY_MIGRATIONS);
  }
}
