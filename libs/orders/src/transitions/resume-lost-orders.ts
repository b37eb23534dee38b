import { LOGGER, type Logger, registry } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { OrderResumed } from '../contracts/order-events';
import { FindAbandonedOrders, type FindQueued } from './find-abandoned-orders';
import { SendOrdersAgain } from './send-orders-again';

/** A job of a younger order may be on its way. */
const LOST_AFTER_SECONDS = 30;

const lost = new Counter({
  name: 'orders_lost_by_queue_total',
  help: 'Orders under way whose job was no longer in the queue, although the queue was not emptied; each was sent again',
  registers: [registry],
});

/**
 * Finds out that a queue lost a part of its jobs: an order is under way, has nothing in the outbox, and has no job in two looks at
 * the queue. Those orders, and no others, are sent to the queue again where they are. A queue that was emptied is noticed sooner,
 * by its sentinel.
 */
@Injectable()
export class ResumeLostOrders {
  constructor(
    private readonly abandoned: FindAbandonedOrders,
    private readonly sendAgain: SendOrdersAgain,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    lost.inc(0);
  }

  /** Returns how many orders it sent again. */
  async execute(requestId: string, findQueued: FindQueued): Promise<number> {
    const first = await this.look(findQueued);
    if (first.length === 0) return 0;
    const second = new Map((await this.look(findQueued)).map(({ id, version }) => [id, version]));
    const twice = first.filter(({ id, version }) => second.get(id) === version);
    const resumed = await this.sendAgain.execute(twice, OrderResumed, requestId);
    if (resumed === 0) return 0;
    lost.inc(resumed);
    this.logger.warn({ resumed, request_id: requestId }, 'orders.lost_by_queue');
    return resumed;
  }

  private async look(findQueued: FindQueued) {
    const seconds = LOST_AFTER_SECONDS;
    const { orders } = await this.abandoned.execute(
      { pending: seconds, processing: seconds, shipped: seconds },
      findQueued,
    );
    return orders;
  }
}
