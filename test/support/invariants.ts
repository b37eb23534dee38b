import { verifyInvariants } from '@app/orders';
import type { DataSource } from 'typeorm';

/** Throws when anything that the product promises does not hold in this database, and says what. */
export async function requireInvariants(source: DataSource): Promise<void> {
  const broken = (await verifyInvariants(source)).filter(({ holds }) => !holds);
  if (broken.length > 0) throw new Error(`Invariants are broken: ${JSON.stringify(broken, null, 2)}`);
}
