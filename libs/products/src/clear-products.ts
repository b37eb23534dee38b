import { clearVersions } from '@app/audit';
import { TRACKED_PRODUCTS } from './product.entity';
import { clearTables, type Tx } from '@app/platform';

/** Removes the whole catalogue and its history; the next product has id 1. Demo data only. */
export async function clearProducts(tx: Tx<'products'>): Promise<void> {
  await clearTables(tx, 'products');
  await clearVersions(tx, TRACKED_PRODUCTS);
}
