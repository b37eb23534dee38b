import { type Amendment, ORDER_PRIORITIES } from '@app/orders';
import { z } from 'zod';
import { text } from '../http/validation';

const clearable = (max: number) => text(0, max).nullable().optional();

/** Body of `PATCH /api/v1/orders/{order_id}/`; null or an empty text clears a field. */
export const amendOrderSchema = z
  .strictObject({
    shipping_address: clearable(1000),
    billing_address: clearable(1000),
    priority: z.enum(['low', 'normal', 'high']).optional(),
    tracking_number: clearable(100),
    notes: clearable(2000),
  })
  .refine((body) => Object.keys(body).length > 0, 'Give at least one field to change.')
  .meta({
    id: 'AmendOrder',
    minProperties: 1,
    example: { notes: 'Leave it with the neighbour.', tracking_number: '1Z999AA10123456784' },
  });
export type AmendOrderBody = z.infer<typeof amendOrderSchema>;

export function toAmendment(body: AmendOrderBody): Amendment {
  const cleared = (value: string | null | undefined) => (value === undefined ? undefined : value || null);
  return {
    shippingAddress: cleared(body.shipping_address),
    billingAddress: cleared(body.billing_address),
    priority: body.priority && ORDER_PRIORITIES[body.priority],
    trackingNumber: cleared(body.tracking_number),
    notes: cleared(body.notes),
  };
}
