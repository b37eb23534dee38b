import { type CombinedWrite, prepared, type Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { KEY_LOCK_SEED } from '../idempotency/idempotency-keys.repository';
import { callerOf, nameOf, type OwnedKey } from '../idempotency/key-owner';
import type { PlacedOrder } from './placement';

export interface StoredReply {
  fingerprint: string;
  /** The order or the batch that the key belongs to. */
  ownerId: string;
  /** Undefined when it belongs to a batch, or to another write. */
  orderId: string | undefined;
  reply: string;
}

/** An order that has a reference, and whose it is. */
export interface ReferredOrder {
  orderId: string;
  userId: string | null;
}

/** What earlier requests mean for a batch. */
export interface EarlierRequests {
  orderIds: ReadonlySet<string>;
  /** With their orders. */
  externalReferences: ReadonlyMap<string, ReferredOrder>;
  /** By the name of the key, see {@link nameOf}. */
  replies: ReadonlyMap<string, StoredReply>;
  /** Names of the keys that another transaction is working on right now. */
  keysInUse: ReadonlySet<string>;
}

interface KeyRow {
  name: string;
  mine: boolean;
  fingerprint: string | null;
  owner_id: string;
  order_id: string | null;
  reply: string;
}

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
    tx: Tx<'orders'>,
    orderIds: readonly string[],
    externalReferences: readonly string[],
    keys: readonly OwnedKey[],
  ): Promise<EarlierRequests> {
    const [row] = await prepared<[{ ids: string[]; refs: Record<string, ReferredOrder>; keys: KeyRow[] }]>(
      tx,
      `select array(select id::text from orders.orders where id = any($1::uuid[])) as ids,
              (select coalesce(json_object_agg(external_reference, json_build_object('orderId', id, 'userId', user_id)), '{}') from orders.orders
                where external_reference = any($2::text[]) and external_reference is not null) as refs,
              (select coalesce(json_agg(k), '[]') from (
                 select given.name, pg_try_advisory_xact_lock(hashtextextended(given.name, ${KEY_LOCK_SEED})) as mine,
                        stored.fingerprint, coalesce(stored.order_id, stored.batch_id) as owner_id, stored.order_id, stored.reply
                   from unnest($3::text[], $4::text[], $5::text[]) given (name, caller, key)
                   left join orders.idempotency_keys stored on stored.caller = given.caller and stored.key = given.key) k) as keys`,
      [
        orderIds,
        externalReferences,
        keys.map(nameOf),
        keys.map(({ principal }) => callerOf(principal)),
        keys.map(({ key }) => key),
      ],
    );
    const stored = row.keys.filter(({ fingerprint }) => fingerprint !== null);
    return {
      orderIds: new Set(row.ids),
      externalReferences: new Map(Object.entries(row.refs)),
      replies: new Map(
        stored.map(({ name, fingerprint, owner_id, order_id, reply }) => [
          name,
          { fingerprint: fingerprint!, ownerId: owner_id, orderId: order_id ?? undefined, reply },
        ]),
      ),
      keysInUse: new Set(
        row.keys.filter(({ mine, fingerprint }) => !mine && fingerprint === null).map(({ name }) => name),
      ),
    };
  }
}

/** Adds orders and lines to a write. */
export function addOrders(write: CombinedWrite, placed: readonly PlacedOrder[]): void {
  const orders = placed.map(({ order }) => order);
  const lines = placed.flatMap((each) => each.lines);
  write.insert('new_orders', 'orders.orders', orders, {
    id: ['uuid', (order) => order.id],
    customer_name: ['text', (order) => order.customerName],
    customer_email: ['text', (order) => order.customerEmail],
    priority: ['smallint', (order) => order.priority],
    total_minor: ['bigint', (order) => order.totalMinor],
    currency: ['text', (order) => order.currency],
    line_count: ['smallint', (order) => order.lineCount],
    shipping_address: ['text', (order) => order.shippingAddress],
    billing_address: ['text', (order) => order.billingAddress],
    payment_method: ['text', (order) => order.paymentMethod],
    notes: ['text', (order) => order.notes],
    external_reference: ['text', (order) => order.externalReference],
    changed_by: ['text', (order) => order.changedBy],
    request_id: ['text', (order) => order.requestId],
    user_id: ['text', (order) => order.userId],
    declared_total_minor: ['bigint', (order) => order.declaredTotalMinor],
    batch_id: ['uuid', (order) => order.batchId],
  });
  write.insert('new_lines', 'orders.order_lines', lines, {
    order_id: ['uuid', (line) => line.orderId],
    line_no: ['smallint', (line) => line.lineNo],
    product_id: ['bigint', (line) => line.productId],
    product_sku: ['text', (line) => line.productSku],
    product_name: ['text', (line) => line.productName],
    quantity: ['integer', (line) => line.quantity],
    unit_price_minor: ['bigint', (line) => line.unitPriceMinor],
  });
}
