import type { ContextMigrations } from '@app/platform';
import { Products1763600000000 } from './1763600000000-products';

export const PRODUCTS_MIGRATIONS: ContextMigrations = { context: 'products', migrations: [Products1763600000000] };
