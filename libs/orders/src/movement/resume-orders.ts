import { appendToOutbox } from '@app/messaging';
import { CombinedWrite, LOGGER, type Logger, Transactions, type Tx } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { OrderResumed } from '../contracts/order-events';
import type { LockedOrder } from './order-moves.repository';

const BATCH_SIZE = 1000;

/**
 * Sends every order that is on its way to the queue again, where its stage is taken up. Nothing of the order changes, and of two
 * jobs for one stage the second finds the order moved on: so it is harmless to do it once too often.
 */
@Injectable()
export class ResumeOrders {
  constructor(
    private readonly transactions: Transactions,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Returns how many orders it resumed. */
  async execute(requestId: string): Promise<number> {
    let resumed = 0;
    let last = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const batch = await this.transactions.run((tx) => this.resumeBatch(tx, last, requestId));
      resumed += batch.length;
      if (batch.length < BATCH_SIZE) break;
      last = batch.at(-1)!.id;
    }
    this.logger.info({ resumed, request_id: requestId }, 'orders.resumed');
    return resumed;
  }

  private async resumeBatch(tx: Tx, after: string, requestId: string): Promise<LockedOrder[]> {
    const orders = await tx.query<LockedOrder[]>(
      `select id, status, version, priority, line_count as "lineCount" from orders.orders
        where status in ('pending', 'processing', 'shipped') and id > $1 order by id limit $2`,
      [after, BATCH_SIZE],
    );
    const write = new CombinedWrite();
    appendToOutbox(
      write,
      orders.map((order) => ({
        event: OrderResumed,
        aggregateId: order.id,
        aggregateVersion: order.version,
        correlationId: requestId,
        payload: { order_id: order.id, status: order.status, previous_status: order.status, priority: order.priority },
      })),
    );
    await write.execute(tx);
    return orders;
  }
}
