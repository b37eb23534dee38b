import { EventFeed, EventFeedRepository, type EventEnvelope, type FeedCursor, type FeedReader } from '@app/messaging';
import { LOGGER, type Logger } from '@app/platform';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { EVENT_OF_STATUS, orderEventPayload, OrderPlaced } from '../contracts/order-events';
import type { OrderStatus } from '../order-status';

/** That an order is requeued changes nothing that its customer could see: it stays pending. */
const STATUS_EVENTS = [OrderPlaced, ...Object.values(EVENT_OF_STATUS)].map(({ type }) => type);

/** An order has reached a state. */
export interface OrderStatusChange {
  orderId: string;
  /** Null when the order was placed. */
  from: OrderStatus | null;
  to: OrderStatus;
  version: number;
  /** RFC 3339. */
  occurredAt: string;
  requestId: string;
}

/** Every change of an order's status, in an order in which no order's version ever goes back, for any number of readers. */
@Injectable()
export class OrderStatusFeed implements OnModuleDestroy {
  private readonly feed: EventFeed<OrderStatusChange>;

  constructor(
    repository: EventFeedRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.feed = new EventFeed(repository, logger, {
      types: STATUS_EVENTS,
      toItem: (envelope) => this.toStatusChange(envelope),
    });
  }

  /** A reader of all changes after a cursor, or from now on; close it. */
  open(after?: FeedCursor): Promise<FeedReader<OrderStatusChange>> {
    return this.feed.open(after);
  }

  onModuleDestroy(): Promise<void> {
    return this.feed.stop();
  }

  private toStatusChange(envelope: EventEnvelope): OrderStatusChange | undefined {
    const payload = orderEventPayload.safeParse(envelope.payload);
    if (!payload.success) {
      this.logger.error({ event_id: envelope.id, type: envelope.type }, 'order_status_feed.event_unreadable');
      return undefined;
    }
    return {
      orderId: envelope.aggregate_id,
      from: payload.data.previous_status,
      to: payload.data.status,
      version: envelope.aggregate_version,
      occurredAt: envelope.occurred_at,
      requestId: envelope.correlation_id,
    };
  }
}
