import {
  type Order,
  ORDER_PRIORITIES,
  ORDER_STATUSES,
  type OrderFilter,
  type OrderQuery,
  type OrderSort,
  OrderStatus,
} from '@app/orders';
import { SORTED_ROWS_MAX } from '@app/platform';
import { z } from 'zod';
import { pageQuery } from '../http/paging';
import { bothWays, endOf, moment, sortOf, text } from '../http/validation';

const SORTS = ['created_at', 'status', 'total_amount', 'updated_at'] as const satisfies readonly OrderSort[];

/** Query of `GET /api/v1/orders/`. */
export const listOrdersSchema = z.strictObject({
  status: z
    .preprocess(
      (value) => (value === undefined || Array.isArray(value) ? value : [value]),
      z.array(z.enum(ORDER_STATUSES)).optional(),
    )
    .meta({ description: 'Repeat it for several.', example: [OrderStatus.pending, OrderStatus.processing] }),
  priority: z.enum(['low', 'normal', 'high']).optional().meta({ description: 'Only this one.', example: 'normal' }),
  customer_email: text(1, 254).optional().meta({
    description: 'The whole address; letters are equal whatever their case and Unicode form.',
    example: 'john@example.com',
  }),
  search: text(1, 200).optional().meta({
    description:
      'Beginnings of words of the name, e-mail address or external reference, or of their parts (but the end of a domain), or of the order id. All words must be found; case, accents and Unicode form do not matter.',
    example: 'john',
  }),
  stale_only: z.enum(['true', 'false']).optional().meta({
    description: 'Only orders past the deadline of their status that do not wait for their turn.',
    example: false,
  }),
  date_from: moment.optional().meta({ description: 'Created at or after this time or date.', example: '2026-01-01' }),
  date_to: moment.optional().meta({ description: 'Created before; a date includes that day.', example: '2030-12-31' }),
  ordering: z
    .enum(bothWays(SORTS))
    .default('-created_at')
    .meta({
      description: `With a minus, the greatest first. Orders of one state are sorted by their time. By amount and by update at most ${SORTED_ROWS_MAX} orders are sorted: use filters when there are more.`,
    }),
  ...pageQuery,
});
export type ListOrdersQuery = z.infer<typeof listOrdersSchema>;

/** `userId`: only the orders of this user. */
export function toOrderFilter(query: ListOrdersQuery, userId: string | undefined): OrderFilter {
  return {
    statuses: query.status,
    priority: query.priority && ORDER_PRIORITIES[query.priority],
    customerEmail: query.customer_email,
    search: query.search,
    userId,
    staleOnly: query.stale_only === 'true',
    from: query.date_from === undefined ? undefined : new Date(query.date_from),
    to: query.date_to === undefined ? undefined : endOf(query.date_to),
  };
}

type Place = NonNullable<OrderQuery['after']>;

/** How the orders of a list are sorted, and what its cursor has to hold for that. */
export function toOrderSort({ ordering }: ListOrdersQuery) {
  const { sort, isDescending } = sortOf<OrderSort>(ordering);
  const keyOf: Record<OrderSort, (order: Order) => (string | number)[]> = {
    created_at: ({ createdAt, id }) => [createdAt.getTime(), id],
    status: ({ status, createdAt, id }) => [status, createdAt.getTime(), id],
    total_amount: ({ totalMinor, id }) => [totalMinor, id],
    updated_at: ({ updatedAt, id }) => [updatedAt.getTime(), id],
  };
  const toPlace: Record<OrderSort, (key: (string | number)[]) => Place> = {
    created_at: ([time, id]) => ({ createdAt: new Date(time!), id: String(id) }),
    status: ([status, time, id]) => ({ value: String(status), createdAt: new Date(time!), id: String(id) }),
    total_amount: ([total, id]) => ({ value: total, createdAt: new Date(0), id: String(id) }),
    updated_at: ([time, id]) => ({ value: new Date(time!), createdAt: new Date(0), id: String(id) }),
  };
  return { sort, isDescending, keyOf: keyOf[sort], toPlace: toPlace[sort] };
}
