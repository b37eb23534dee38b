import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

@Injectable()
export class IdempotencyKeysRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Removes up to `limit` keys that are older than the retention and returns how many. */
  async deleteExpired(retentionHours: number, limit: number): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown, number]>(
      `delete from orders.idempotency_keys where key in (
         select key from orders.idempotency_keys where created_at < now() - $1 * interval '1 hour'
          order by created_at limit $2)`,
      [retentionHours, limit],
    );
    return count;
  }
}
