import type { CombinedWrite } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { LockedOrder } from './order-moves.repository';

export interface StaleOrder {
  id: string;
  version: number;
  putBacks: number;
  statusSince: Date;
}

@Injectable()
export class StaleOrdersRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Up to `limit` orders that have been in a state, and in the queue since they were last sent there, for longer than `minutes`;
   * the longest waiting first, and after the order `after`. Served by the partial index of moving orders, whatever the size of the table.
   */
  async findStale(
    status: 'pending' | 'processing' | 'shipped',
    minutes: number,
    limit: number,
    after?: StaleOrder,
  ): Promise<StaleOrder[]> {
    return this.dataSource.query<StaleOrder[]>(
      `select id, version, put_backs as "putBacks", status_since as "statusSince"
         from orders.orders
        where status = $1
          and status_since < now() - $2 * interval '1 minute'
          and (requeued_at is null or requeued_at < now() - $2 * interval '1 minute')
          and ($4::timestamptz is null or (status_since, id) > ($4, $5::uuid))
        order by status_since, id
        limit $3`,
      [status, minutes, limit, after?.statusSince ?? null, after?.id ?? null],
    );
  }

  /** Adds "sent to the queue again" to the write, for orders that are locked and still pending. */
  markRequeued(write: CombinedWrite, orders: readonly LockedOrder[], requestId: string): void {
    write.add(
      'requeued_orders',
      (bind) => `
        update orders.orders o
           set requeued_at = clock_timestamp(), version = o.version + 1,
               updated_at = greatest(clock_timestamp(), o.updated_at),
               changed_by = 'scheduler', request_id = decided.request_id, change_reason = 'Waited too long: sent to the queue again'
          from unnest(${bind(
            orders.map(({ id }) => id),
            'uuid',
          )}, ${bind(
            orders.map(({ version }) => version),
            'integer',
          )},
                      ${bind(
                        orders.map(() => requestId),
                        'text',
                      )}) decided (id, version, request_id)
         where o.id = decided.id and o.version = decided.version and o.status = 'pending'
         returning 1`,
      { rows: orders.length },
    );
  }
}
