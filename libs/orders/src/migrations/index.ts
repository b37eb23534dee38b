import type { ContextMigrations } from '@app/platform';
import { Orders1763600000000 } from './1763600000000-orders';

export const ORDERS_MIGRATIONS: ContextMigrations = { context: 'orders', migrations: [Orders1763600000000] };
