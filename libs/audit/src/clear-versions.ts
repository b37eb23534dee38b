import type { AnyTx } from '@app/platform';
import { type TrackedTable, versionsOf } from './versions.repository';

/** Forgets the versions of a table whose rows are all being removed: demo data only. */
export async function clearVersions(tx: AnyTx, table: TrackedTable): Promise<void> {
  await tx.query(`truncate ${versionsOf(table)}`);
}
