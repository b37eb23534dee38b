import type { Principal } from '@app/platform';

/** What rows have said of requests without a credential since before there were principals. */
const ANONYMOUS = 'anonymous';

/** A key and the principal who sent it: what others do with the same text is nobody's concern. */
export interface OwnedKey {
  principal: Principal;
  key: string;
}

/** The text of the column `caller`. */
export function callerOf({ kind, text }: Principal): string {
  return kind === 'anonymous' ? ANONYMOUS : text;
}

/**
 * The key together with its caller, as one text that no other pair has: neither of them has a blank in it. One without a credential is
 * the key alone, as versions that knew no callers locked it: the two may run side by side while a new one starts.
 */
export function nameOf({ principal, key }: OwnedKey): string {
  return principal.kind === 'anonymous' ? key : `${callerOf(principal)} ${key}`;
}
