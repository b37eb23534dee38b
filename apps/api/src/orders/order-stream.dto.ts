import { type FeedCursor, parseFeedCursor } from '@app/messaging';
import { ORDER_STATUSES, type OrderStatusChange } from '@app/orders';
import { InvalidInputError } from '@app/platform';
import { z } from 'zod';
import { orderIdParam } from './order-id';

const ORDER_IDS_MAX = 100;
const WRONG_ID = 'Must be the id of an event of this stream, as it was received.';

const repeatable = <Item extends z.ZodType>(item: Item) =>
  z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item).max(ORDER_IDS_MAX, `Must not be given more than ${ORDER_IDS_MAX} times.`).optional(),
  );

/** Query of `GET /api/v1/orders/stream/`. */
export const orderStreamSchema = z.strictObject({
  order_id: repeatable(orderIdParam.toLowerCase()).meta({ description: 'Only these orders. Repeat it for several.' }),
  status: repeatable(z.enum(ORDER_STATUSES)).meta({
    description: 'Only changes to this status. Repeat it for several.',
  }),
  last_event_id: z
    .string()
    .refine((text) => text === '' || parseFeedCursor(text) !== undefined, WRONG_ID)
    .optional()
    .meta({ description: 'For clients that cannot send the header Last-Event-ID, which counts more.' }),
});
export type OrderStreamQuery = z.infer<typeof orderStreamSchema>;

/** Where the stream begins: after the last event that the client has, or undefined for now. */
export function streamBegin(header: string | undefined, query: OrderStreamQuery): FeedCursor | undefined {
  // A browser that comes back sends the header, and still the query of its first request.
  const text = header || query.last_event_id;
  if (!text) return undefined;
  const cursor = parseFeedCursor(text);
  if (cursor) return cursor;
  throw new InvalidInputError('The request is not valid.', [
    { field: 'Last-Event-ID', code: 'invalid_header', message: WRONG_ID },
  ]);
}

/** Whether a change is one of those that were asked for. */
export function streamFilter(query: OrderStreamQuery): (change: OrderStatusChange) => boolean {
  const orders = query.order_id && new Set(query.order_id);
  const statuses = query.status && new Set(query.status);
  return ({ orderId, to }) => (orders?.has(orderId) ?? true) && (statuses?.has(to) ?? true);
}
