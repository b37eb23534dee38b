import { AUDIT_MIGRATIONS } from '@app/audit';
import { INVENTORY_MIGRATIONS } from '@app/inventory';
import { MESSAGING_MIGRATIONS } from '@app/messaging';
import { ORDERS_MIGRATIONS } from '@app/orders';
import type { ContextMigrations } from '@app/platform';
import { PRODUCTS_MIGRATIONS } from '@app/products';

/** Every context that has tables, in the order in which they are migrated: what others build on comes first. */
export const CONTEXTS: ContextMigrations[] = [
  AUDIT_MIGRATIONS,
  MESSAGING_MIGRATIONS,
  PRODUCTS_MIGRATIONS,
  INVENTORY_MIGRATIONS,
  ORDERS_MIGRATIONS,
];
