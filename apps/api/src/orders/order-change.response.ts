import type { RowChange } from '@app/audit';
import { type Order, ORDER_STATUSES, OrderStatus, priorityName } from '@app/orders';
import { z } from 'zod';
import { toDecimal } from '../http/money';
import { rowChangeShape, type ShownColumns, toRowChange, toTime } from '../http/row-change.response';

export const orderChangeSchema = z
  .object({
    ...rowChangeShape,
    status: z.enum(ORDER_STATUSES).meta({ example: OrderStatus.processing }),
    customer_name: z.string().meta({ example: 'John Doe' }),
    customer_email: z.string().nullable().meta({ example: 'john@example.com' }),
    total_amount: z.string().meta({ example: '199.98' }),
  })
  .meta({ id: 'OrderChange' });

/** Every column of an order. Null: how this product works inside, or said by the entry itself. */
export const ORDER_COLUMNS: ShownColumns = {
  id: ['order_id'],
  customer_name: ['customer_name'],
  customer_email: ['customer_email'],
  status: ['status'],
  priority: ['priority', priorityName],
  total_minor: ['total_amount', toDecimal],
  currency: ['currency'],
  line_count: ['items_count'],
  shipping_address: ['shipping_address'],
  billing_address: ['billing_address'],
  payment_method: ['payment_method'],
  notes: ['notes'],
  external_reference: ['external_reference'],
  tracking_number: ['tracking_number'],
  failure_reason: ['failure_reason'],
  processing_started_at: ['processing_started_at', toTime],
  completed_at: ['completed_at', toTime],
  created_at: ['created_at', toTime],
  user_id: ['user_id'],
  declared_total_minor: ['declared_total', toDecimal],
  // The same moment as changed_date whenever the status changes.
  status_since: null,
  put_backs: null,
  batch_id: null,
  version: null,
  updated_at: null,
  changed_by: null,
  request_id: null,
  change_reason: null,
};

export function toOrderChange({ order, change }: { order: Order; change: RowChange }) {
  return {
    ...toRowChange(change, ORDER_COLUMNS),
    status: order.status,
    customer_name: order.customerName,
    customer_email: order.customerEmail,
    total_amount: toDecimal(order.totalMinor),
  };
}
