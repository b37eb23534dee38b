import { AuditModule } from '@app/audit';
import { requireMigrated } from '@app/platform';
import { Module, type OnModuleInit } from '@nestjs/common';
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
  constructor(private readonly dataSource: DataSource) {}

  onModuleInit(): Promise<void> {
    return requireMigrated(this.dataSource, PRODUCTS_MIGRATIONS);
  }
}
