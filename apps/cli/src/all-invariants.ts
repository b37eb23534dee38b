import { INVENTORY_INVARIANTS } from '@app/inventory';
import { MESSAGING_INVARIANTS } from '@app/messaging';
import { ordersInvariants, type StaleAfterMinutes } from '@app/orders';
import { type Invariant, SESSION_INVARIANTS } from '@app/platform';
import { PRODUCTS_INVARIANTS } from '@app/products';

/**
 * Every invariant that the product promises, of all contexts, by id. A context that gets an `invariants.ts` is added here. The
 * deadlines say when an order is stale.
 */
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
