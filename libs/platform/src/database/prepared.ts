import type { AnyTx } from './tx';

const names = new Map<string, string>();

/**
 * Runs a statement that each connection parses and plans once, then only executes. For the statements of the hot path, whose
 * texts are few and fixed: every text stays in the memory of every connection. Behind PgBouncer in transaction mode this needs
 * its version 1.21 or newer (`max_prepared_statements`).
 */
export function prepared<Rows>(tx: AnyTx, text: string, parameters: unknown[]): Promise<Rows> {
  let name = names.get(text);
  if (!name) names.set(text, (name = `statement_${names.size + 1}`));
  // TypeORM hands its first argument to node-postgres as it is, and that takes a named statement there.
  return tx.query<Rows>({ name, text } as unknown as string, parameters);
}
