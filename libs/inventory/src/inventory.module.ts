import { ProductsModule } from '@app/products';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AdjustStock } from './adjust-stock';
import { IntroduceProducts } from './introduce-products';
import { OpenStockLevels } from './open-stock-levels';
import { StockLevel } from './stock-level.entity';
import { StockLevelsRepository } from './stock-levels.repository';
import { StockMovement } from './stock-movement.entity';
import { StockMovementsRepository } from './stock-movements.repository';

const PUBLIC = [AdjustStock, IntroduceProducts, StockLevelsRepository, StockMovementsRepository];

@Module({
  imports: [TypeOrmModule.forFeature([StockLevel, StockMovement]), ProductsModule],
  providers: [...PUBLIC, OpenStockLevels],
  exports: PUBLIC,
})
export class InventoryModule {}
