import { hasUnpublishedEvent } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { MovingStatus } from '../staleness';

export interface StaleOrder {
  id: string;
  status: MovingStatus;
  version: number;
  putBacks: number;
}

@Injectable()
export class StaleOrdersRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Up to `limit` orders that have been in a state for longer than `seconds` and have no event on its way to the queue; the longest
   * waiting first. Served by the partial index of moving orders, whatever the size of the table, and a probe of the unpublished
   * events for each that is old enough.
   */
  async findStale(status: MovingStatus, seconds: number, limit: number): Promise<StaleOrder[]> {
    return this.dataSource.query<StaleOrder[]>(
      `select id, status, version, put_backs as "putBacks"
         from orders.orders o
        where status = $1
          and status_since < now() - $2 * interval '1 second'
          and not ${hasUnpublishedEvent('o.id')}
        order by status_since, id
        limit $3`,
      [status, seconds, limit],
    );
  }
}
