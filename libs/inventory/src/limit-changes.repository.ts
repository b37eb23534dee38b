import type { Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** A minimum threshold or maximum capacity that got another value. */
export interface LimitChange {
  limit: 'minimum_threshold' | 'maximum_capacity';
  from: number;
  to: number;
}

/** The changes of thresholds and capacities, of which the versions of a product say who made them and when. */
@Injectable()
export class LimitChangesRepository {
  constructor(private readonly dataSource: DataSource) {}

  async record(
    tx: Tx<'inventory'>,
    productId: number,
    productVersion: number,
    changes: readonly LimitChange[],
  ): Promise<void> {
    for (const { limit, from, to } of changes)
      await tx.query(
        `insert into inventory.limit_changes (product_id, product_version, limit_name, previous_value, new_value)
         values ($1, $2, $3, $4, $5)`,
        [productId, productVersion, limit, from, to],
      );
  }

  /** Those that came with one of the versions. */
  async find(productId: number, versions: readonly number[]): Promise<(LimitChange & { productVersion: number })[]> {
    return this.dataSource.query(
      `select product_version as "productVersion", limit_name as "limit", previous_value as "from", new_value as "to"
         from inventory.limit_changes where product_id = $1 and product_version = any($2::integer[])
        order by product_version, limit_name desc`,
      [productId, versions],
    );
  }

  /** Those that came with versions of several products. */
  async findOf(
    versions: readonly { productId: number; version: number }[],
  ): Promise<(LimitChange & { productId: number; productVersion: number })[]> {
    return this.dataSource.query(
      `select product_id as "productId", product_version as "productVersion", limit_name as "limit", previous_value as "from",
              new_value as "to"
         from inventory.limit_changes
         join unnest($1::bigint[], $2::integer[]) wanted (product_id, product_version) using (product_id, product_version)
        order by product_id, product_version, limit_name desc`,
      [versions.map(({ productId }) => productId), versions.map(({ version }) => version)],
    );
  }
}
