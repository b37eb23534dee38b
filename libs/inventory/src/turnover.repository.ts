import type { Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

const WINDOW = `interval '24 hours'`;

/**
 * How often the stock is sold: what left with orders in a day, divided by what was on hand. Each look at all products leaves a point,
 * so a few hundred rows answer, however many orders there were.
 */
@Injectable()
export class TurnoverRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Remembers what the kept sums add up to now, and forgets points that no window of 24 hours begins with any more. */
  async addPoint(tx: Tx<'inventory'>): Promise<void> {
    await tx.query(
      `insert into inventory.turnover_points (on_hand, fulfilled)
       select coalesce(sum(on_hand), 0), coalesce(sum(fulfilled), 0) from inventory.ledger_sums`,
    );
    await tx.query(
      `delete from inventory.turnover_points
        where taken_at < (select max(taken_at) from inventory.turnover_points where taken_at <= clock_timestamp() - ${WINDOW})`,
    );
  }

  /**
   * Units that left between the newest point and the last one that is 24 hours older, per unit on hand on average over the points from
   * there on. While the points are younger than that, over the time that they tell of; undefined with fewer than two, or no stock.
   */
  async lastDay(): Promise<number | undefined> {
    const [row] = await this.dataSource.query<[{ ratio: number | null }]>(
      `with newest as (select max(taken_at) as taken_at from inventory.turnover_points),
       oldest as (
         select coalesce(max(point.taken_at) filter (where point.taken_at <= newest.taken_at - ${WINDOW}), min(point.taken_at)) as taken_at
           from inventory.turnover_points point, newest)
       select case when count(*) > 1 then (max(fulfilled) - min(fulfilled)) / nullif(avg(on_hand), 0) end::float8 as ratio
         from inventory.turnover_points, oldest where turnover_points.taken_at >= oldest.taken_at`,
    );
    return row.ratio ?? undefined;
  }
}
