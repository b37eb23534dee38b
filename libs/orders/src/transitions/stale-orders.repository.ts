import { hasUnpublishedEvent } from '@app/messaging';
import { CONFIG, type Config, type Tx } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Order } from '../order.entity';
import {
  isLeftAlone,
  isPastDeadline,
  type MovingStatus,
  type StaleAfterMinutes,
  staleAfterMinutes,
} from '../staleness';

export interface StaleOrder {
  id: string;
  status: MovingStatus;
  version: number;
  putBacks: number;
}

@Injectable()
export class StaleOrdersRepository {
  private readonly deadlines: StaleAfterMinutes;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(CONFIG) config: Config,
  ) {
    this.deadlines = staleAfterMinutes(config);
  }

  /**
   * Which of these orders are stale: past the deadline of their state, and nobody is going to move them, as far as Postgres tells.
   * Nothing is asked for those that are within it.
   */
  async staleAmong(
    orders: readonly Order[],
    now: Date,
    tx: Pick<Tx<'orders'>, 'query'> = this.dataSource,
  ): Promise<ReadonlySet<string>> {
    const late = orders.filter((order) => isPastDeadline(order, this.deadlines, now)).map(({ id }) => id);
    if (late.length === 0) return new Set();
    const rows = await tx.query<{ id: string }[]>(
      `select late.id from unnest($1::uuid[]) late (id) where ${isLeftAlone('late.id', '$2')}`,
      [late, this.deadlines.pending],
    );
    return new Set(rows.map(({ id }) => id));
  }

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
