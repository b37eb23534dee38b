import { OrderStatus } from '@app/orders';
import { z } from 'zod';
import { text } from '../http/validation';

/** Body of `POST /api/v1/orders/{order_id}/cancel/`; may be left out. */
export const cancelOrderSchema = z
  .strictObject({ reason: text(0, 500).nullish().meta({ example: 'The customer changed their mind.' }) })
  .optional()
  .meta({ id: 'CancelOrder', example: { reason: 'The customer changed their mind.' } });
export type CancelOrderBody = z.infer<typeof cancelOrderSchema>;

export const cancelledSchema = z
  .object({
    success: z.boolean().meta({ example: true }),
    message: z.string().meta({ example: 'Order cancelled. Its stock is available again.' }),
    new_status: z.string().meta({ example: OrderStatus.cancelled }),
  })
  .meta({ id: 'OrderCancelled' });

export function toCancelled(status: OrderStatus): z.infer<typeof cancelledSchema> {
  return { success: true, message: 'Order cancelled. Its stock is available again.', new_status: status };
}
