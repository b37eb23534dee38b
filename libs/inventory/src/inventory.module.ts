import { type Config, CONFIG, requireContext, requireMigrated } from '@app/platform';
import { ProductsModule } from '@app/products';
import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AdjustStock } from './adjust-stock';
import { BlockedStock } from './blocked-stock';
import { CompareReservations } from './compare-reservations';
import { CorrectStock } from './correct-stock';
import { DriftRepository } from './drift.repository';
import { CreateStockedProducts } from './create-stocked-products';
import { LimitChangesRepository } from './limit-changes.repository';
import { LocalStockGate } from './local-stock-gate';
import { OpenStockLevels } from './open-stock-levels';
import { ReconcileStock } from './reconcile-stock';
import { UpdateStockedProduct } from './update-stocked-product';
import { StockActions } from './stock-actions';
import { StockGate } from './stock-gate';
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
  CreateStockedProducts,
  LimitChangesRepository,
  ReconcileStock,
  StockActions,
  UpdateStockedProduct,
  StockLevelsRepository,
  StockMovementsRepository,
];

@Module({
  imports: [TypeOrmModule.forFeature([StockLevel, StockMovement]), ProductsModule],
  providers: [
    ...PUBLIC,
    LocalStockGate,
    { provide: StockGate, useExisting: LocalStockGate },
    OpenStockLevels,
    StockMetrics,
    SumLedger,
    TurnoverRepository,
  ],
  exports: [...PUBLIC, StockGate],
})
export class InventoryModule implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly dataSource: DataSource,
  ) {}

  onModuleInit(): Promise<void> {
    requireContext(this.config, 'inventory');
    return requireMigrated(this.dataSource, INVENTORY_MIGRATIONS);
  }
}
