import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

@Injectable()
export class TicksRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The database's clock: schedulers whose own clocks differ still agree on the slot. */
  async now(): Promise<Date> {
    const [{ now }] = await this.dataSource.query<[{ now: Date }]>('select now()');
    return now;
  }

  /** Removes ticks older than the retention, but never the newest of a job. */
  async deleteOlderThan(retentionHours: number): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown, number]>(
      `delete from messaging.schedule_ticks old
        where old.tick_at < now() - $1 * interval '1 hour'
          and exists (select 1 from messaging.schedule_ticks newer where newer.name = old.name and newer.tick_at > old.tick_at)`,
      [retentionHours],
    );
    return count;
  }
}
