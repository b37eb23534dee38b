import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** The tracked tables and where their superseded versions are. Only these names reach the SQL. */
const VERSION_TABLES = { order: 'audit.order_versions', product: 'audit.product_versions' } as const;
export type TrackedName = keyof typeof VERSION_TABLES;

/** A row as it was before a change, by its column names. */
export type SupersededRow = Record<string, unknown> & {
  version: number;
  changed_by: string;
  request_id: string | null;
  change_reason: string | null;
};

@Injectable()
export class VersionsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The superseded versions of a row, the oldest first. The current version is in the table itself. */
  async findSuperseded(name: TrackedName, id: string | number): Promise<SupersededRow[]> {
    const rows = await this.dataSource.query<{ row: SupersededRow }[]>(
      `select row from ${VERSION_TABLES[name]} where id = $1 order by version`,
      [id],
    );
    return rows.map(({ row }) => row);
  }
}
