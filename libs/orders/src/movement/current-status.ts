import { GroupCommit } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { OrderStatus } from '../order-status';

const BATCH_SIZE_MAX = 500;
const IN_FLIGHT_MAX = 2;
const WAITING_MAX = 10_000;

/** Reads where orders are; those that are asked for together are read together. */
@Injectable()
export class CurrentStatus {
  private readonly group: GroupCommit<string, OrderStatus | undefined>;

  constructor(private readonly dataSource: DataSource) {
    this.group = new GroupCommit((ids) => this.read(ids), {
      group: 'current_status',
      batchSizeMax: BATCH_SIZE_MAX,
      inFlightMax: IN_FLIGHT_MAX,
      waitingMax: WAITING_MAX,
    });
  }

  /** The status as it was committed a moment ago; undefined for an order that does not exist. */
  of(orderId: string): Promise<OrderStatus | undefined> {
    return this.group.add(orderId);
  }

  private async read(ids: string[]): Promise<(OrderStatus | undefined)[]> {
    const rows = await this.dataSource.query<{ id: string; status: OrderStatus }[]>(
      'select id, status from orders.orders where id = any($1::uuid[])',
      [ids],
    );
    const byId = new Map(rows.map(({ id, status }) => [id, status]));
    return ids.map((id) => byId.get(id));
  }
}
