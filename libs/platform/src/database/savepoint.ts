import type { AnyTx } from './tx';

/** Runs a part of a transaction. When it fails, what it locked is free again, and the transaction goes on as if it had not begun. */
export async function savepoint<T>(tx: AnyTx, work: () => Promise<T>): Promise<T> {
  await tx.query('savepoint part');
  try {
    const result = await work();
    await tx.query('release savepoint part');
    return result;
  } catch (error) {
    // On a connection that is lost the error that says so is the one to throw.
    await tx.query('rollback to savepoint part').catch(() => undefined);
    throw error;
  }
}
