import { ORDER_PRIORITIES, ORDER_STATUSES, type OrderFilter, type OrderStatus } from '@app/orders';
import { z } from 'zod';
import { pageQuery } from '../http/paging';
import { moment, text } from '../http/validation';

/** Query of `GET /api/v1/orders/`. */
export const listOrdersSchema = z.strictObject({
  status: z
    .preprocess(
      (value) => (value === undefined || Array.isArray(value) ? value : [value]),
      z.array(z.enum(ORDER_STATUSES as [OrderStatus, ...OrderStatus[]])).optional(),
    )
    .meta({ description: 'Repeat it for several.', example: ['pending', 'processing'] }),
  priority: z.enum(['low', 'normal', 'high']).optional().meta({ description: 'Only this one.', example: 'normal' }),
  customer_email: text(1, 254)
    .optional()
    .meta({ description: 'Exact, upper and lower case are equal.', example: 'john@example.com' }),
  search: text(1, 200).optional().meta({
    description: 'Beginnings of words of the name, or of the e-mail address, order id or external reference.',
    example: 'john',
  }),
  stale_only: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'Only orders that are in their state for too long.', example: false }),
  date_from: moment.optional().meta({ description: 'Created at or after this time or date.', example: '2026-01-01' }),
  date_to: moment.optional().meta({ description: 'Created before; a date includes that day.', example: '2030-12-31' }),
  ordering: z
    .enum(['created_at', '-created_at'])
    .default('-created_at')
    .meta({ description: 'Newest first is `-created_at`.' }),
  ...pageQuery,
});
export type ListOrdersQuery = z.infer<typeof listOrdersSchema>;

export function toOrderFilter(query: ListOrdersQuery): OrderFilter {
  return {
    statuses: query.status,
    priority: query.priority && ORDER_PRIORITIES[query.priority],
    customerEmail: query.customer_email,
    search: query.search,
    staleOnly: query.stale_only === 'true',
    from: query.date_from === undefined ? undefined : new Date(query.date_from),
    to: query.date_to === undefined ? undefined : endOf(query.date_to),
  };
}

function endOf(moment: string): Date {
  const date = new Date(moment);
  if (moment.length === 'yyyy-mm-dd'.length) date.setUTCDate(date.getUTCDate() + 1);
  return date;
}
