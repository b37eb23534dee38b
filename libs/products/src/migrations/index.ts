import type { ContextMigrations } from '@app/platform';
import { Products1763600000000 } from './1763600000000-products';
import { ProductsByUpdate1764240000000 } from './1764240000000-products-by-update';

export const PRODUCTS_MIGRATIONS: ContextMigrations = {
  context: 'products',
  migrations: [Products1763600000000, ProductsByUpdate1764240000000],
};
