import { type CombinedWrite, prepared, type Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Order } from '../order.entity';
import type { PlacedOrder } from './placement';

export interface StoredReply {
  fingerprint: string;
  /** The order or the batch that the key belongs to. */
  ownerId: string;
  /** Undefined when it belongs to a batch, or to another write. */
  orderId: string | undefined;
  reply: string;
}

/** What earlier requests mean for a batch. */
export interface EarlierRequests {
  orderIds: ReadonlySet<string>;
  /** With the ids of their orders. */
  externalReferences: ReadonlyMap<string, string>;
  replies: ReadonlyMap<string, StoredReply>;
  /** Keys that another transaction is working on right now. */
  keysInUse: ReadonlySet<string>;
}

interface KeyRow {
  key: string;
  mine: boolean;
  fingerprint: string | null;
  owner_id: string;
  order_id: string | null;
  reply: string;
}

export interface NewKey {
  key: string;
  fingerprint: string;
  /** It belongs to an order or to a batch. */
  orderId: string | null;
  batchId: string | null;
  reply: string;
}

/** Seed of the advisory locks of idempotency keys, so that they can not meet other advisory locks. */
export const KEY_LOCK_SEED = 4711;
/** There are no accounts yet: whoever sends a key is this caller. */
export const ANONYMOUS = 'anonymous';

@Injectable()
export class PlacementRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** When an order that is there was placed. */
  async findPlacementTime(orderId: string): Promise<Date> {
    const [row] = await this.dataSource.query<[{ created_at: Date }]>(
      'select created_at from orders.orders where id = $1',
      [orderId],
    );
    return row.created_at;
  }

  /**
   * Looks up ids, references and keys that were given, before any stock is locked. A key is claimed with an advisory lock that
   * ends with the transaction and is never waited for: a batch of strangers must not wait for one client's repetition. What
   * commits between this look and the write is refused by the unique indexes, or found by a second look when the request is refused
   * for another reason; the batch is then decided again.
   */
  async findEarlier(
    tx: Tx,
    orderIds: readonly string[],
    externalReferences: readonly string[],
    keys: readonly string[],
  ): Promise<EarlierRequests> {
    const [row] = await prepared<[{ ids: string[]; refs: Record<string, string>; keys: KeyRow[] }]>(
      tx,
      `select array(select id::text from orders.orders where id = any($1::uuid[])) as ids,
              (select coalesce(json_object_agg(external_reference, id), '{}') from orders.orders
                where external_reference = any($2::text[]) and external_reference is not null) as refs,
              (select coalesce(json_agg(k), '[]') from (
                 select given.key, pg_try_advisory_xact_lock(hashtextextended(given.key, ${KEY_LOCK_SEED})) as mine,
                        stored.fingerprint, coalesce(stored.order_id, stored.batch_id) as owner_id, stored.order_id, stored.reply
                   from unnest($3::text[]) given (key)
                   left join orders.idempotency_keys stored on stored.caller = '${ANONYMOUS}' and stored.key = given.key) k) as keys`,
      [orderIds, externalReferences, keys],
    );
    const stored = row.keys.filter(({ fingerprint }) => fingerprint !== null);
    return {
      orderIds: new Set(row.ids),
      externalReferences: new Map(Object.entries(row.refs)),
      replies: new Map(
        stored.map(({ key, fingerprint, owner_id, order_id, reply }) => [
          key,
          { fingerprint: fingerprint!, ownerId: owner_id, orderId: order_id ?? undefined, reply },
        ]),
      ),
      keysInUse: new Set(
        row.keys.filter(({ mine, fingerprint }) => !mine && fingerprint === null).map(({ key }) => key),
      ),
    };
  }
}

/** Adds orders and lines to a write. */
export function addOrders(write: CombinedWrite, placed: readonly PlacedOrder[]): void {
  const orders = placed.map(({ order }) => order);
  const lines = placed.flatMap((each) => each.lines);
  const of = <Key extends keyof Order>(key: Key) => orders.map((order) => order[key]);
  write.add(
    'new_orders',
    (bind) => `
      insert into orders.orders (id, customer_name, customer_email, priority, total_minor, currency, line_count,
                                 shipping_address, billing_address, payment_method, notes, external_reference,
                                 changed_by, request_id, user_id, declared_total_minor, batch_id)
      select * from unnest(
        ${bind(of('id'), 'uuid')}, ${bind(of('customerName'), 'text')}, ${bind(of('customerEmail'), 'text')},
        ${bind(of('priority'), 'smallint')}, ${bind(of('totalMinor'), 'bigint')}, ${bind(of('currency'), 'text')},
        ${bind(of('lineCount'), 'smallint')},
        ${bind(of('shippingAddress'), 'text')}, ${bind(of('billingAddress'), 'text')}, ${bind(of('paymentMethod'), 'text')},
        ${bind(of('notes'), 'text')}, ${bind(of('externalReference'), 'text')},
        ${bind(of('changedBy'), 'text')}, ${bind(of('requestId'), 'text')},
        ${bind(of('userId'), 'text')}, ${bind(of('declaredTotalMinor'), 'bigint')}, ${bind(of('batchId'), 'uuid')})`,
  );
  write.add(
    'new_lines',
    (bind) => `
      insert into orders.order_lines (order_id, line_no, product_id, product_sku, product_name, quantity, unit_price_minor)
      select * from unnest(
        ${bind(
          lines.map((line) => line.orderId),
          'uuid',
        )}, ${bind(
          lines.map((line) => line.lineNo),
          'smallint',
        )},
        ${bind(
          lines.map((line) => line.productId),
          'bigint',
        )},
        ${bind(
          lines.map((line) => line.productSku),
          'text',
        )}, ${bind(
          lines.map((line) => line.productName),
          'text',
        )},
        ${bind(
          lines.map((line) => line.quantity),
          'integer',
        )}, ${bind(
          lines.map((line) => line.unitPriceMinor),
          'bigint',
        )})`,
  );
}

/** Adds idempotency keys with their replies to a write. */
export function addKeys(write: CombinedWrite, keys: readonly NewKey[]): void {
  if (keys.length === 0) return;
  write.add(
    'new_keys',
    (bind) => `
      insert into orders.idempotency_keys (caller, key, fingerprint, order_id, batch_id, reply)
      select '${ANONYMOUS}', given.* from unnest(
        ${bind(
          keys.map(({ key }) => key),
          'text',
        )}, ${bind(
          keys.map(({ fingerprint }) => fingerprint),
          'text',
        )},
        ${bind(
          keys.map(({ orderId }) => orderId),
          'uuid',
        )}, ${bind(
          keys.map(({ batchId }) => batchId),
          'uuid',
        )}, ${bind(
          keys.map(({ reply }) => reply),
          'text',
        )}) given`,
  );
}
