import { clearTables, type Tx } from '@app/platform';

/** Removes all stock, reservations and the ledger, which refuses it without the setting. Demo data only. */
export async function clearStock(tx: Tx<'inventory'>): Promise<void> {
  await tx.query(`set local app.clearing_demo_data = 'yes'`);
  await clearTables(tx, 'inventory');
}
