export { AddProducts, type NewProduct } from './add-products';
export { ProductNotFoundError, SkuTakenError } from './errors';
export { PRODUCTS_MIGRATIONS } from './migrations';
export { Product } from './product.entity';
export { ProductsModule } from './products.module';
export { type ProductForSale, type ProductQuery, type ProductSort, ProductsRepository } from './products.repository';
