import { type StaleAfterMinutes, staleAfterMinutes } from '@app/orders';
import {
  checkInvariants,
  type Config,
  environmentSchema,
  type InvariantOptions,
  type InvariantResult,
} from '@app/platform';
import type { DataSource } from 'typeorm';
import { allInvariants } from '../../apps/cli/src/contexts';

const DEFAULT_DEADLINES = staleAfterMinutes(environmentSchema.parse({}) as Config);

export interface VerifyOptions extends InvariantOptions {
  /** When an order is past its deadline; the defaults of the configuration when not given. */
  deadlines?: StaleAfterMinutes;
}

/** Checks every invariant on one snapshot, as `cli verify` does, and returns one result each, by id. */
export function verifyInvariants(source: DataSource, options: VerifyOptions = {}): Promise<InvariantResult[]> {
  return checkInvariants(source, allInvariants(options.deadlines ?? DEFAULT_DEADLINES), options);
}

/** Throws when anything that the product promises does not hold in this database, and says what. */
export async function requireInvariants(source: DataSource, options: VerifyOptions = {}): Promise<void> {
  const broken = (await verifyInvariants(source, options)).filter(({ holds }) => !holds);
  if (broken.length > 0) throw new Error(`Invariants are broken: ${JSON.stringify(broken, null, 2)}`);
}
