import type { AnyTx, CombinedWrite } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { IdempotencyKeyInUseError, IdempotencyKeyReusedError } from '../errors';
import { callerOf, nameOf, type OwnedKey } from './key-owner';

/** Seed of the advisory locks of idempotency keys, so that they can not meet other advisory locks. */
export const KEY_LOCK_SEED = 4711;

/** The key of a request that placed an order or a batch. */
export interface NewKey extends OwnedKey {
  fingerprint: string;
  /** It belongs to an order or to a batch. */
  orderId: string | null;
  batchId: string | null;
  reply: string;
}

/** Adds idempotency keys with their replies to a write. */
export function addKeys(write: CombinedWrite, keys: readonly NewKey[]): void {
  if (keys.length === 0) return;
  write.insert('new_keys', 'orders.idempotency_keys', keys, {
    caller: ['text', ({ principal }) => callerOf(principal)],
    key: ['text', ({ key }) => key],
    fingerprint: ['text', ({ fingerprint }) => fingerprint],
    order_id: ['uuid', ({ orderId }) => orderId],
    batch_id: ['uuid', ({ batchId }) => batchId],
    reply: ['text', ({ reply }) => reply],
  });
}

/** A write that its client named. */
export interface KeyedRequest extends OwnedKey {
  /** Equal for equal requests to the same route. */
  fingerprint: string;
}

/** A reply as it was sent, to be sent again byte for byte. */
export interface WholeReply {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

interface StoredKey extends Omit<WholeReply, 'status'> {
  fingerprint: string;
  /** Null for one that placed an order or a batch. */
  status: number | null;
  orderId: string | null;
}

/**
 * The keys of all writes, each claimed in the transaction of its write, whatever context that changes: what has keyed writes has the
 * tables of orders beside it. Placing claims and writes its keys in statements of its own (PlacementRepository), and
 * decides in `placement/duplicate-requests.ts` what was asked for before.
 */
@Injectable()
export class IdempotencyKeysRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Claims a key until the transaction ends, without waiting, and returns the reply of the request that this one repeats; undefined for a
   * new one. The lock is taken first and the key looked up by the next statement: whoever had the lock has committed what that one sees.
   * Throws IdempotencyKeyInUseError, IdempotencyKeyReusedError.
   */
  async claim(tx: AnyTx, request: KeyedRequest): Promise<WholeReply | undefined> {
    const [{ mine }] = await tx.query<[{ mine: boolean }]>(
      `select pg_try_advisory_xact_lock(hashtextextended($1, ${KEY_LOCK_SEED})) as mine`,
      [nameOf(request)],
    );
    if (!mine) throw new IdempotencyKeyInUseError();
    return this.find(request, tx);
  }

  /**
   * The reply of the request that this one repeats, if it has ended: for writes that do much before their transaction, which claims
   * the key all the same. Throws IdempotencyKeyReusedError.
   */
  async find(request: KeyedRequest, tx?: AnyTx): Promise<WholeReply | undefined> {
    const [stored] = await (tx ?? this.dataSource).query<StoredKey[]>(
      `select fingerprint, status, headers, reply as body, order_id as "orderId" from orders.idempotency_keys where caller = $1 and key = $2`,
      [callerOf(request.principal), request.key],
    );
    if (!stored) return undefined;
    const { status, headers, body } = stored;
    if (stored.fingerprint !== request.fingerprint || status === null)
      throw new IdempotencyKeyReusedError(stored.orderId ?? undefined);
    return { status, headers, body };
  }

  /** Stores the reply to a request whose key is claimed. */
  async store(
    tx: AnyTx,
    { principal, key, fingerprint }: KeyedRequest,
    { status, headers, body }: WholeReply,
  ): Promise<void> {
    await tx.query(
      `insert into orders.idempotency_keys (caller, key, fingerprint, status, headers, reply)
       values ($1, $2, $3, $4, $5, $6)`,
      [callerOf(principal), key, fingerprint, status, JSON.stringify(headers), body],
    );
  }

  /**
   * Removes up to `limit` keys that are older than the retention and returns how many. Those from a clock that was ahead count as new:
   * nobody knows how old they are, and each is kept for its time at least.
   */
  async deleteExpired(retentionHours: number, limit: number): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown, number]>(
      `with ahead as (
         update orders.idempotency_keys set created_at = now() where created_at > now() + interval '1 hour')
       delete from orders.idempotency_keys where ctid = any(array(
         select ctid from orders.idempotency_keys where created_at < now() - $1 * interval '1 hour'
          order by created_at limit $2 for update skip locked))`,
      [retentionHours, limit],
    );
    return count;
  }
}
