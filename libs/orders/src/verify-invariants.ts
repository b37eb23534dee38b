import { INVENTORY_INVARIANTS } from '@app/inventory';
import { MESSAGING_INVARIANTS } from '@app/messaging';
import {
  checkInvariants,
  environmentSchema,
  type Invariant,
  type InvariantOptions,
  type InvariantResult,
  SESSION_INVARIANTS,
} from '@app/platform';
import { PRODUCTS_INVARIANTS } from '@app/products';
import type { DataSource } from 'typeorm';
import { ordersInvariants } from './invariants';
import { type StaleAfterMinutes, staleAfterMinutes } from './staleness';

export interface VerifyOptions extends InvariantOptions {
  /** When an order is past its deadline; the defaults of the configuration when not given. */
  deadlines?: StaleAfterMinutes;
}

/**
 * Checks every invariant that the product promises, on one snapshot, and returns one result each, by id. It is here because
 * orders build on all the other contexts; a context that is added above it takes this file along.
 */
export async function verifyInvariants(
  dataSource: DataSource,
  options: VerifyOptions = {},
): Promise<InvariantResult[]> {
  const deadlines = options.deadlines ?? staleAfterMinutes(environmentSchema.parse({}));
  const invariants = [
    ...INVENTORY_INVARIANTS,
    ...ordersInvariants(deadlines),
    ...PRODUCTS_INVARIANTS,
    ...MESSAGING_INVARIANTS,
    ...SESSION_INVARIANTS,
  ];
  return checkInvariants(dataSource, invariants.sort(byId), options);
}

function byId(one: Invariant, other: Invariant): number {
  return Number(one.id.slice(1)) - Number(other.id.slice(1));
}
