import { hasUnclaimedEvent } from '@app/messaging';
import { LOGGER, type Logger, textLiterals } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { OrderResumed } from '../contracts/order-events';
import { MOVING_STATUSES } from '../staleness';
import { SendOrdersAgain } from './send-orders-again';

const BATCH_SIZE = 1000;

/**
 * Sends every order that is on its way to the queue again, where its stage is taken up; those whose event is still to be sent get
 * there by themselves. Nothing of the order changes, and of two jobs for one stage the second finds the order moved on: so it is
 * harmless to do it once too often.
 */
@Injectable()
export class ResumeOrders {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sendAgain: SendOrdersAgain,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Returns how many orders it resumed. */
  async execute(requestId: string): Promise<number> {
    let resumed = 0;
    let last = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const batch = await this.dataSource.query<{ id: string; version: number }[]>(
        `select id, version from orders.orders o
          where status in (${textLiterals(MOVING_STATUSES)}) and id > $1 and not ${hasUnclaimedEvent('o.id')}
          order by id limit $2`,
        [last, BATCH_SIZE],
      );
      resumed += await this.sendAgain.execute(batch, OrderResumed, requestId);
      if (batch.length < BATCH_SIZE) break;
      last = batch.at(-1)!.id;
    }
    this.logger.info({ resumed, request_id: requestId }, 'orders.resumed');
    return resumed;
  }
}
