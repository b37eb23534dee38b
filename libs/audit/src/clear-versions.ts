import type { Tx } from '@app/platform';
import { type TrackedTable, versionsOf } from './versions.repository';

/** Forgets the versions of a table whose rows are all being removed: demo data only. */
export async function clearVersions(tx: Tx, table: TrackedTable): Promise<void> {
  await tx.query(`truncate ${versionsOf(table)}`);
}
