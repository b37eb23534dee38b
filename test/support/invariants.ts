import { verifyInvariants, type VerifyOptions } from '@app/orders';
import type { DataSource } from 'typeorm';

/** Throws when anything that the product promises does not hold in this database, and says what. */
export async function requireInvariants(source: DataSource, options: VerifyOptions = {}): Promise<void> {
  const broken = (await verifyInvariants(source, options)).filter(({ holds }) => !holds);
  if (broken.length > 0) throw new Error(`Invariants are broken: ${JSON.stringify(broken, null, 2)}`);
}
