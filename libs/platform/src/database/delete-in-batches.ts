const BATCH_SIZE = 5000;
/** Ten million rows: 2,700 of them a second, every second of the hour between two runs. */
const BATCHES_MAX = 2000;

/**
 * Deletes until nothing is left to delete, and returns how many rows went. Each batch is its own transaction: a removal of a whole
 * day's rows would hold its locks for as long. `deleteUpTo` deletes at most as many as it is told and returns how many.
 */
export async function deleteInBatches(
  deleteUpTo: (limit: number) => Promise<number>,
  batchesMax = BATCHES_MAX,
): Promise<number> {
  let deleted = 0;
  for (let batch = 0; batch < batchesMax; batch++) {
    const count = await deleteUpTo(BATCH_SIZE);
    deleted += count;
    if (count < BATCH_SIZE) break;
  }
  return deleted;
}
