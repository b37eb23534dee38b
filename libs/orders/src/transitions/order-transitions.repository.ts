import { type CombinedWrite, prepared, type Tx, WAITS_BRIEFLY } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { OrderStatus } from '../order-status';
import type { OrderTransition } from './order-transition';

export interface LockedOrder {
  id: string;
  status: OrderStatus;
  version: number;
  priority: number;
  lineCount: number;
  createdAt: Date;
}

/** A transition that was decided on a locked order. */
export interface DecidedTransition {
  order: LockedOrder;
  transition: OrderTransition;
}

@Injectable()
export class OrderTransitionsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Locks the orders in ascending id, before any stock: every transaction that takes both takes them in this order. With `briefly` the
   * transaction gives up with 55P03 after BRIEF_LOCK_MS, here and for whatever it locks later.
   */
  async lockOrders(
    tx: Tx<'orders'>,
    ids: readonly string[],
    { briefly = false } = {},
  ): Promise<Map<string, LockedOrder>> {
    const rows = await prepared<LockedOrder[]>(
      tx,
      `select id, status, version, priority, line_count as "lineCount", created_at as "createdAt"
         from orders.orders where id = any($1::uuid[])${briefly ? ` and ${WAITS_BRIEFLY}` : ''} order by id for update`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Which of the orders somebody has locked at this moment. Waits for nothing and keeps no lock. */
  async findLocked(ids: readonly string[]): Promise<Set<string>> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `with free as materialized (
         select id from orders.orders where id = any($1::uuid[]) order by 1 for update skip locked)
       select id from orders.orders where id = any($1::uuid[]) and id not in (select id from free)`,
      [ids],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** The products of an order, for who tells what is wrong with it. */
  async findProducts(tx: Tx<'orders'>, orderId: string): Promise<number[]> {
    const rows = await tx.query<{ id: number }[]>(
      'select product_id as id from orders.order_lines where order_id = $1 order by line_no',
      [orderId],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Adds the transitions to the transaction's one write. This is the only statement that writes `status`. It is guarded by the state
   * and version that were decided on, although the rows are locked: should a path ever miss the lock, nothing is overwritten.
   */
  addTransitions(write: CombinedWrite, transitions: readonly DecidedTransition[]): void {
    write.add(
      'moved_orders',
      (bind) => `
        update orders.orders o
           set status = decided.status,
               version = o.version + 1,
               status_since = greatest(clock_timestamp(), o.updated_at),
               updated_at = greatest(clock_timestamp(), o.updated_at),
               put_backs = o.put_backs + (decided.status = '${OrderStatus.pending}')::int,
               processing_started_at = case decided.status when '${OrderStatus.processing}' then clock_timestamp()
                                                           when '${OrderStatus.pending}' then null
                                                           else o.processing_started_at end,
               completed_at = case when decided.status = '${OrderStatus.delivered}' then clock_timestamp() end,
               failure_reason = case when decided.status = '${OrderStatus.failed}' then coalesce(decided.reason, 'No reason was given.') end,
               changed_by = decided.changed_by,
               request_id = decided.request_id,
               change_reason = decided.reason
          from unnest(
                 ${bind(
                   transitions.map(({ order }) => order.id),
                   'uuid',
                 )},
                 ${bind(
                   transitions.map(({ order }) => order.status),
                   'text',
                 )},
                 ${bind(
                   transitions.map(({ order }) => order.version),
                   'integer',
                 )},
                 ${bind(
                   transitions.map(({ transition }) => transition.to),
                   'text',
                 )},
                 ${bind(
                   transitions.map(({ transition }) => transition.principal.text),
                   'text',
                 )},
                 ${bind(
                   transitions.map(({ transition }) => transition.requestId),
                   'text',
                 )},
                 ${bind(
                   transitions.map(({ transition }) => transition.reason),
                   'text',
                 )})
               decided (id, expected_status, expected_version, status, changed_by, request_id, reason)
         where o.id = decided.id and o.status = decided.expected_status and o.version = decided.expected_version
         returning 1`,
      { rows: transitions.length },
    );
  }
}
