import type { Principal, AnyTx } from '@app/platform';

/**
 * Who changes a row, for which request, and why: kept with every version. What is decided for many requests at once has the same in
 * each of its items.
 */
export interface ChangeContext {
  principal: Principal;
  requestId?: string;
  reason?: string;
}

/**
 * Says for the rest of this transaction who changes rows and why. Set-based writes on the hot path do not need it: they write
 * the principal of every row themselves.
 */
export async function recordChangesAs(tx: AnyTx, change: ChangeContext): Promise<void> {
  await tx.query(
    `select set_config('app.actor', $1, true), set_config('app.request_id', $2, true), set_config('app.reason', $3, true)`,
    [change.principal.text, change.requestId ?? '', change.reason ?? ''],
  );
}
