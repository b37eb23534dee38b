import { CONFIG, type Config, recordOf } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ORDER_STATUSES, OrderStatus } from '../order-status';
import { isLeftAlone, type StaleAfterMinutes, staleAfterMinutes } from '../staleness';

const FOLD_MAX = 50_000;
const WINDOW = `interval '24 hours'`;

/**
 * SQL: a count of orders that a column can hold. Only a figure that was changed outside of the product comes near that bound, and adding
 * to it must not fail: nothing of any state would be folded any more.
 */
const bounded = (count: string) =>
  `greatest(least(${count}, 9223372036854775807::numeric), -9223372036854775808::numeric)::bigint`;

export interface OrderStatistics {
  total: number;
  byStatus: Record<OrderStatus, number>;
  /** Past the deadline of their state, and no event of theirs waits for its turn. */
  stale: number;
  /** Placed within the last 24 hours. */
  recent: number;
  /** What the orders of the last 24 hours cost, without those that were cancelled or failed; minor units. Passes what a number can hold. */
  recentRevenueMinor: bigint;
  /** From placed to delivered, over all delivered orders; null before the first. */
  averageProcessingSeconds: number | null;
  /** The database's time of these figures. */
  readAt: Date;
}

interface Row {
  by_status: Partial<Record<OrderStatus, number>>;
  processing_ms: number | null;
  recent: number;
  recent_revenue_minor: string;
  stale: number;
  read_at: Date;
}

@Injectable()
export class OrderStatisticsRepository {
  private readonly deadlines: StaleAfterMinutes;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(CONFIG) config: Config,
  ) {
    this.deadlines = staleAfterMinutes(config);
  }

  /**
   * Reads totals and the deltas that are not folded yet in one statement, so in one snapshot: the figures are those of the
   * tables at that moment. The day is made of whole minutes and, for the part of a minute at its beginning, of the orders
   * themselves. Stale orders are counted in the index of moving orders, with a probe of the outbox for each that is past its
   * deadline.
   */
  async read(): Promise<OrderStatistics> {
    const [row] = await this.dataSource.query<[Row]>(
      `with by_status as (
         select status, sum(orders) as orders, sum(processing_ms) as processing_ms
           from (select status, orders, processing_ms from orders.statistics_totals
                 union all select status, orders, processing_ms from orders.statistics_deltas) counted
          group by status),
       bounds as (select now() - ${WINDOW} as since, date_trunc('minute', now() - ${WINDOW}) + interval '1 minute' as first_minute),
       recent as (
         select coalesce(sum(orders), 0) as orders,
                coalesce(sum(total_minor) filter (where status not in ('${OrderStatus.cancelled}', '${OrderStatus.failed}')), 0) as revenue
           from (select status, orders, total_minor from orders.statistics_minutes, bounds where minute >= first_minute
                 union all
                 select status, orders, total_minor from orders.statistics_deltas, bounds where minute >= first_minute
                 union all
                 select status, 1, total_minor from orders.orders, bounds where created_at >= since and created_at < first_minute) counted)
       select (select coalesce(json_object_agg(status, orders), '{}') from by_status) as by_status,
              (select processing_ms / nullif(orders, 0) from by_status where status = '${OrderStatus.delivered}')::float8 as processing_ms,
              (select orders from recent)::bigint as recent,
              (select revenue from recent)::text as recent_revenue_minor,
              (select count(*) from orders.orders o
                where ((status = '${OrderStatus.pending}' and status_since < now() - $1 * interval '1 minute')
                    or (status = '${OrderStatus.processing}' and status_since < now() - $2 * interval '1 minute')
                    or (status = '${OrderStatus.shipped}' and status_since < now() - $3 * interval '1 minute'))
                  and ${isLeftAlone('o.id', '$1')}) as stale,
              now() as read_at`,
      [this.deadlines.pending, this.deadlines.processing, this.deadlines.shipped],
    );
    const byStatus = recordOf(ORDER_STATUSES, (status) => row.by_status[status] ?? 0);
    return {
      total: Object.values(byStatus).reduce((sum, count) => sum + count, 0),
      byStatus,
      stale: row.stale,
      recent: row.recent,
      recentRevenueMinor: BigInt(row.recent_revenue_minor),
      averageProcessingSeconds: row.processing_ms === null ? null : row.processing_ms / 1000,
      readAt: row.read_at,
    };
  }

  /** Folds up to 50,000 deltas into the totals, and forgets minutes that left the window. Returns how many deltas it took. */
  async fold(): Promise<number> {
    const [{ taken }] = await this.dataSource.query<[{ taken: number }]>(
      `with taken as (
         delete from orders.statistics_deltas where ctid = any(array(
           select ctid from orders.statistics_deltas order by id limit ${FOLD_MAX} for update skip locked))
         returning minute, status, orders, total_minor, processing_ms),
       totals as (
         insert into orders.statistics_totals as total (status, orders, processing_ms)
         select status, ${bounded('sum(orders)')}, sum(processing_ms) from taken group by status order by status
         on conflict (status) do update
           set orders = ${bounded('total.orders::numeric + excluded.orders')}, processing_ms = total.processing_ms + excluded.processing_ms),
       minutes as (
         insert into orders.statistics_minutes as m (minute, status, orders, total_minor)
         select minute, status, ${bounded('sum(orders)')}, sum(total_minor) from taken
          where minute > now() - ${WINDOW} - interval '1 hour' group by minute, status order by minute, status
         on conflict (minute, status) do update
           set orders = ${bounded('m.orders::numeric + excluded.orders')}, total_minor = m.total_minor + excluded.total_minor),
       forgotten as (delete from orders.statistics_minutes where minute < now() - ${WINDOW} - interval '1 hour')
       select count(*) as taken from taken`,
    );
    return taken;
  }
}
