import { DeadLettersRepository } from '@app/messaging';
import { LOGGER, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { FULFILLMENT_SUBSCRIPTION } from '../fulfillment-subscription';
import { MOVING_STATUSES, type MovingStatus } from '../staleness';
import { type StaleOrder, StaleOrdersRepository } from './stale-orders.repository';

/** Orders of one state at most. What is left over is found the next time. */
const ORDERS_MAX = 10_000;

/** Which orders have a job of {@link FULFILLMENT_SUBSCRIPTION}, waiting or running; undefined when that cannot be said. */
export type FindQueued = () => Promise<ReadonlySet<string> | undefined>;

export interface AbandonedOrders {
  /** Nobody is going to move these. */
  orders: StaleOrder[];
  /** A person has to: a dead letter of theirs is open. */
  blocked: number;
}

/**
 * Finds orders that have been in their state for longer than a time and that nobody is going to move: no event of theirs waits in
 * the outbox, no job in the queue, and no dead letter for a person. However long the backlog and the queue are, what is in them is not
 * abandoned.
 *
 * The database is read before the queue, and an event is marked as published after its job was added: an order that is in neither
 * has been in neither, unless it moved meanwhile, which whoever acts on it finds by its version.
 */
@Injectable()
export class FindAbandonedOrders {
  constructor(
    private readonly stale: StaleOrdersRepository,
    private readonly deadLetters: DeadLettersRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(afterSeconds: Record<MovingStatus, number>, findQueued: FindQueued): Promise<AbandonedOrders> {
    const found: StaleOrder[] = [];
    for (const status of MOVING_STATUSES)
      found.push(...(await this.stale.findStale(status, afterSeconds[status], ORDERS_MAX)));
    if (found.length === 0) return { orders: [], blocked: 0 };
    const queued = await findQueued();
    if (!queued) {
      this.logger.warn({ candidates: found.length }, 'orders.queue_not_listed');
      return { orders: [], blocked: 0 };
    }
    const left = found.filter(({ id }) => !queued.has(id));
    const ids = left.map(({ id }) => id);
    const blocked = ids.length > 0 ? await this.deadLetters.findBlocked(ids, FULFILLMENT_SUBSCRIPTION) : new Set();
    return { orders: left.filter(({ id }) => !blocked.has(id)), blocked: blocked.size };
  }
}
