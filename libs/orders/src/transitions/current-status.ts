import { GroupCommit } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { OrderStatus } from '../order-status';

const BATCH_SIZE_MAX = 500;
const IN_FLIGHT_MAX = 2;
const WAITING_MAX = 10_000;

/** Where an order is. */
export interface CurrentOrder {
  status: OrderStatus;
  priority: number;
}

/** Reads where orders are; those that are asked for together are read together. */
@Injectable()
export class CurrentStatus {
  private readonly group: GroupCommit<string, CurrentOrder | undefined>;

  constructor(private readonly dataSource: DataSource) {
    this.group = new GroupCommit((ids) => this.read(ids), {
      group: 'current_status',
      batchSizeMax: BATCH_SIZE_MAX,
      inFlightMax: IN_FLIGHT_MAX,
      waitingMax: WAITING_MAX,
    });
  }

  /** As it was committed a moment ago; undefined for an order that does not exist. */
  of(orderId: string): Promise<CurrentOrder | undefined> {
    return this.group.add(orderId);
  }

  private async read(ids: string[]): Promise<(CurrentOrder | undefined)[]> {
    const rows = await this.dataSource.query<(CurrentOrder & { id: string })[]>(
      'select id, status, priority from orders.orders where id = any($1::uuid[])',
      [ids],
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id));
  }
}
