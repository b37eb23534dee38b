import { AUDIT_MIGRATIONS } from '@app/audit';
import { IDENTITY_MIGRATIONS } from '@app/identity';
import { INVENTORY_INVARIANTS, INVENTORY_MIGRATIONS } from '@app/inventory';
import { MESSAGING_INVARIANTS, MESSAGING_MIGRATIONS, MESSAGING_OF_ONE_DATABASE } from '@app/messaging';
import { ORDERS_MIGRATIONS, ordersInvariants, type StaleAfterMinutes } from '@app/orders';
import { type ContextMigrations, type Invariant, SESSION_INVARIANTS } from '@app/platform';
import { PRODUCTS_INVARIANTS, PRODUCTS_MIGRATIONS } from '@app/products';
import { SIMULATION_MIGRATIONS } from '@app/simulation';
import { THROTTLING_MIGRATIONS, THROTTLING_OF_ONE_DATABASE } from '@app/throttling';

/** Every context that has tables, in the order in which they are migrated: what others build on comes first. */
export const CONTEXTS: ContextMigrations[] = [
  AUDIT_MIGRATIONS,
  MESSAGING_MIGRATIONS,
  IDENTITY_MIGRATIONS,
  PRODUCTS_MIGRATIONS,
  INVENTORY_MIGRATIONS,
  ORDERS_MIGRATIONS,
  THROTTLING_MIGRATIONS,
  SIMULATION_MIGRATIONS,
];

/** Tables whose rows mean something to the processes of one database only: no part of a backup. */
export const OF_ONE_DATABASE = [...MESSAGING_OF_ONE_DATABASE, ...THROTTLING_OF_ONE_DATABASE];

/** Every invariant that the contexts promise, by id. The deadlines say when an order is stale. */
export function allInvariants(deadlines: StaleAfterMinutes): Invariant[] {
  return [
    ...INVENTORY_INVARIANTS,
    ...ordersInvariants(deadlines),
    ...PRODUCTS_INVARIANTS,
    ...MESSAGING_INVARIANTS,
    ...SESSION_INVARIANTS,
  ].sort(byId);
}

function byId(one: Invariant, other: Invariant): number {
  return Number(one.id.slice(1)) - Number(other.id.slice(1));
}
