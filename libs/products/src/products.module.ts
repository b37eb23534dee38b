import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AddProducts } from './add-products';
import { Product } from './product.entity';
import { ProductsRepository } from './products.repository';

@Module({
  imports: [TypeOrmModule.forFeature([Product])],
  providers: [AddProducts, ProductsRepository],
  exports: [AddProducts, ProductsRepository],
})
export class ProductsModule {}
