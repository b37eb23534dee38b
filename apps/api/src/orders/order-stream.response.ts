import { type FeedBatch, type FeedCursor, type FeedGap, formatFeedCursor } from '@app/messaging';
import { OrderStatus, type OrderStatusChange } from '@app/orders';
import { eventFrame } from '../http/event-stream';

type Item = FeedBatch<OrderStatusChange>['items'][number];

/** A change is written as text once, however many readers get it. */
const frames = new WeakMap<Item, Buffer>();

/** The event `status`: an order has reached a state. */
export function statusFrame(item: Item): Buffer {
  let frame = frames.get(item);
  if (!frame) {
    frame = eventFrame(formatFeedCursor(item.cursor), 'status', toStatusEvent(item.item));
    frames.set(item, frame);
  }
  return frame;
}

/** The event `reset`: what happened before it may not have been sent completely. Read the orders, then go on with the stream. */
export function resetFrame(position: FeedCursor, reason: FeedGap): Buffer {
  return eventFrame(formatFeedCursor(position), 'reset', { reason });
}

function toStatusEvent(change: OrderStatusChange) {
  return {
    order_id: change.orderId,
    from_status: change.from,
    to_status: change.to,
    version: change.version,
    occurred_at: change.occurredAt,
    request_id: change.requestId,
  };
}

/** What a reader sees: the example of the OpenAPI document. */
export const STREAM_EXAMPLE = [
  'retry: 3000\nid: 81732-0-00000000-0000-0000-0000-000000000000\n\n',
  eventFrame('81732-1-0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c12', 'status', {
    order_id: '0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11',
    from_status: null,
    to_status: OrderStatus.pending,
    version: 1,
    occurred_at: '2026-11-20T10:00:00.000Z',
    request_id: 'shop-4711',
  }).toString(),
  ': heartbeat\nid: 81740-0-00000000-0000-0000-0000-000000000000\n\n',
].join('');
