import { newId, type Principal } from '@app/platform';
import type { Idempotency, PlacementRequest } from '@app/orders';
import { z } from 'zod';
import { emailAddress, text } from '../http/validation';

const ITEMS_MAX = 100;

const itemSchema = z.strictObject({
  product_id: z.number().int('Must be a whole number.').positive('Must be positive.').meta({ example: 1 }),
  quantity: z
    .number()
    .int('Must be a whole number.')
    .min(1, 'Quantity must be at least 1.')
    .max(1000, 'Quantity must be at most 1000.')
    .meta({ example: 2 }),
});

const optionalText = (max: number) => text(0, max).nullish();

/** Body of `POST /api/v1/orders/`. */
export const placeOrderSchema = z
  .strictObject({
    customer_name: text(1, 200).meta({ example: 'John Doe' }),
    customer_email: emailAddress.meta({ example: 'john@example.com' }),
    items: z
      .array(itemSchema)
      .min(1, 'At least one item is required.')
      .max(ITEMS_MAX, `At most ${ITEMS_MAX} items are allowed.`)
      .refine(
        (items) => new Set(items.map(({ product_id }) => product_id)).size === items.length,
        'Duplicate products are not allowed in the same order.',
      )
      .meta({ description: 'One line per product.' }),
    order_id: z
      .uuid('Must be a UUID.')
      .toLowerCase()
      .optional()
      .meta({ description: 'Yours, to be able to find the order again; made here when it is not given.' }),
    priority: z.enum(['low', 'normal', 'high']).default('normal'),
    shipping_address: optionalText(1000),
    billing_address: optionalText(1000),
    payment_method: optionalText(50),
    notes: optionalText(2000),
    external_reference: text(1, 100).nullish().meta({ description: 'Unique when given.' }),
  })
  .meta({
    id: 'PlaceOrder',
    example: {
      customer_name: 'John Doe',
      customer_email: 'john@example.com',
      priority: 'normal',
      items: [
        { product_id: 1, quantity: 2 },
        { product_id: 3, quantity: 1 },
      ],
    },
  });
export type PlaceOrderBody = z.infer<typeof placeOrderSchema>;

export function toPlacementRequest(
  body: PlaceOrderBody,
  principal: Principal,
  requestId: string,
  userId?: string,
  idempotency?: Idempotency,
): PlacementRequest {
  return {
    orderId: body.order_id ?? newId(),
    orderIdGiven: body.order_id !== undefined,
    customerName: body.customer_name,
    customerEmail: body.customer_email,
    priority: body.priority,
    shippingAddress: body.shipping_address || null,
    billingAddress: body.billing_address || null,
    paymentMethod: body.payment_method || null,
    notes: body.notes || null,
    externalReference: body.external_reference ?? null,
    lines: body.items.map(({ product_id, quantity }) => ({ productId: product_id, quantity })),
    requestId,
    principal,
    userId,
    idempotency,
  };
}
