import type { ContextMigrations } from '@app/platform';
import { Inventory1763600000000 } from './1763600000000-inventory';

export const INVENTORY_MIGRATIONS: ContextMigrations = { context: 'inventory', migrations: [Inventory1763600000000] };
