import { AuditModule } from '@app/audit';
import { type Config, CONFIG, requireContext, requireMigrated } from '@app/platform';
import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AddProducts } from './add-products';
import { Product } from './product.entity';
import { ProductsRepository } from './products.repository';
import { UpdateProduct } from './update-product';
import { DataSource } from 'typeorm';
import { PRODUCTS_MIGRATIONS } from './migrations';

@Module({
  imports: [TypeOrmModule.forFeature([Product]), AuditModule],
  providers: [AddProducts, UpdateProduct, ProductsRepository],
  exports: [AddProducts, UpdateProduct, ProductsRepository],
})
export class ProductsModule implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly dataSource: DataSource,
  ) {}

  onModuleInit(): Promise<void> {
    requireContext(this.config, 'products');
    return requireMigrated(this.dataSource, PRODUCTS_MIGRATIONS);
  }
}
