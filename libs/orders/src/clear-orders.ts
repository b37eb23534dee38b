import { clearVersions } from '@app/audit';
import { TRACKED_ORDERS } from './order.entity';
import { clearTables, type Tx } from '@app/platform';

/** Removes all orders and everything about them, with their history. What they hold is the inventory's to remove. Demo data only. */
export async function clearOrders(tx: Tx<'orders'>): Promise<void> {
  await clearTables(tx, 'orders');
  await clearVersions(tx, TRACKED_ORDERS);
}
