import { DomainError, type Principal, type Tx } from '@app/platform';
import { DuplicateOrderError, IdempotencyKeyInUseError, IdempotencyKeyReusedError } from '../errors';
import type { KeyedRequest } from '../idempotency/idempotency-keys.repository';
import { nameOf } from '../idempotency/key-owner';
import type { EarlierRequests, PlacementRepository, ReferredOrder, StoredReply } from './placement.repository';
import type { PlacementOutcome, PlacementRequest } from './placement';

/**
 * Finds orders that were asked for before, by key, reference or id: earlier, or in the same batch, which it remembers. Whether another
 * write was asked for before is known by IdempotencyKeysRepository.
 */
export class DuplicateRequests {
  /** What requests of the same batch gave, with their orders. */
  private readonly seen = new Map<string, ReferredOrder>();

  constructor(private readonly earlier: EarlierRequests) {}

  /** A duplicate is refused, or replayed when its key has a stored reply; undefined for a request that is new. */
  outcomeOf(request: PlacementRequest): PlacementOutcome | undefined {
    const { idempotency, principal, orderId, orderIdGiven, externalReference } = request;
    if (idempotency) {
      const repeated = duplicateOf({ principal, ...idempotency }, this.earlier);
      if (repeated instanceof DomainError) return { result: 'refused', error: repeated };
      if (repeated) return { result: 'replayed', orderId: repeated.ownerId, reply: repeated.reply };
      const running = this.seen.get(`key ${nameOf({ principal, key: idempotency.key })}`);
      if (running) return { result: 'refused', error: new IdempotencyKeyInUseError(running.orderId) };
    }
    if (orderIdGiven && (this.earlier.orderIds.has(orderId) || this.seen.has(`id ${orderId}`)))
      return { result: 'refused', error: new DuplicateOrderError('order_id', orderId, orderId) };
    if (externalReference === null) return undefined;
    const other =
      this.earlier.externalReferences.get(externalReference) ?? this.seen.get(`reference ${externalReference}`);
    if (other === undefined) return undefined;
    const named = mayKnow(request, other) ? other.orderId : undefined;
    return { result: 'refused', error: new DuplicateOrderError('external_reference', externalReference, named) };
  }

  /** The request is going to be written. */
  remember({ idempotency, principal, orderId, userId, externalReference }: PlacementRequest): void {
    const order = { orderId, userId: userId ?? null };
    if (idempotency) this.seen.set(`key ${nameOf({ principal, key: idempotency.key })}`, order);
    this.seen.set(`id ${orderId}`, order);
    if (externalReference !== null) this.seen.set(`reference ${externalReference}`, order);
  }
}

/** Whether the answer may name another order: to a customer only an own one, since the orders of others are not there for customers. */
function mayKnow({ principal, userId }: PlacementRequest, other: ReferredOrder): boolean {
  return principal.permissions.has('orders:read') || userId === undefined || other.userId === userId;
}

/** Whether the request was made before, in another transaction. */
export function isDuplicateRequest(request: PlacementRequest, earlier: EarlierRequests): boolean {
  return new DuplicateRequests(earlier).outcomeOf(request) !== undefined;
}

/** What a key says about a request: the reply that is stored for it, why it cannot be used now, or undefined for a new one. */
function duplicateOf(keyed: KeyedRequest, earlier: EarlierRequests): StoredReply | DomainError | undefined {
  const stored = earlier.replies.get(nameOf(keyed));
  if (stored) return stored.fingerprint === keyed.fingerprint ? stored : new IdempotencyKeyReusedError(stored.orderId);
  return earlier.keysInUse.has(nameOf(keyed)) ? new IdempotencyKeyInUseError() : undefined;
}

/**
 * The stored reply of the bulk request that this one repeats; undefined for a new one. Asked before anything is locked, so that
 * a repetition costs one look. Throws IdempotencyKeyReusedError, IdempotencyKeyInUseError.
 */
export async function findRepeatedReply(
  tx: Tx<'orders'>,
  placements: PlacementRepository,
  { principal, idempotency }: { principal: Principal; idempotency?: { key: string; fingerprint: string } },
): Promise<StoredReply | undefined> {
  if (!idempotency) return undefined;
  const keyed = { principal, ...idempotency };
  const repeated = duplicateOf(keyed, await placements.findEarlier(tx, [], [], [keyed]));
  if (repeated instanceof DomainError) throw repeated;
  return repeated;
}
