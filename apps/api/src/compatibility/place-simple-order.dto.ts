import type { Idempotency, PlacementLine, PlacementRequest } from '@app/orders';
import { isUuid, newId, type Principal } from '@app/platform';
import { z } from 'zod';
import { toMinor } from '../http/money';
import { text } from '../http/validation';

const ITEMS_MAX = 1000;
const PRODUCTS_MAX = 100;
/** Far above what an order can cost, and far below where a float loses cents. */
const AMOUNT_MAX = 1_000_000_000_000;

/** An order by the client's own id. */
export const simpleOrderId = text(1, 100);

/** What the client thinks the order costs. A sum of floats such as 60.660000000000004 means 60.66. */
const amount = z
  .union(
    [
      z.number().min(0, 'Must not be negative.').max(AMOUNT_MAX, `Must be at most ${AMOUNT_MAX}.`),
      z.string().regex(/^\d{1,12}(\.\d{1,2})?$/, 'Must be a decimal number such as "90.99".'),
    ],
    'Must be a decimal number such as 90.99.',
  )
  .meta({ example: 90.99 });

/** Body of `POST /api/orders/`. */
export const placeSimpleOrderSchema = z
  .strictObject({
    user_id: text(1, 200).meta({ example: 'user44' }),
    item_ids: z
      .array(z.number().int('Must be a whole number.').positive('Must be positive.'))
      .min(1, 'At least one item is required.')
      .max(ITEMS_MAX, `At most ${ITEMS_MAX} items are allowed.`)
      .refine((ids) => new Set(ids).size <= PRODUCTS_MAX, `At most ${PRODUCTS_MAX} different products are allowed.`)
      .meta({ description: 'Product ids, one unit each; repeated ids add up.' }),
    total_amount: amount,
    order_id: simpleOrderId.optional().meta({
      description:
        'Your own id for the order, any text. Made here when it is not given. One that is no UUID is the `external_reference` of the order in the full API.',
      example: 'order-2026-0001',
    }),
  })
  .meta({ id: 'PlaceSimpleOrder', example: { user_id: 'user44', item_ids: [1, 2, 3], total_amount: 90.99 } });
export type PlaceSimpleOrderBody = z.infer<typeof placeSimpleOrderSchema>;

export function toSimplePlacement(
  body: PlaceSimpleOrderBody,
  principal: Principal,
  requestId: string,
  ownerId?: string,
  idempotency?: Idempotency,
): PlacementRequest {
  const given = body.order_id;
  const isReference = given !== undefined && !isUuid(given);
  return {
    orderId: given === undefined || isReference ? newId() : given.toLowerCase(),
    orderIdGiven: given !== undefined && !isReference,
    customerName: body.user_id,
    customerEmail: null,
    priority: 'normal',
    shippingAddress: null,
    billingAddress: null,
    paymentMethod: null,
    notes: null,
    externalReference: isReference ? given : null,
    lines: toLines(body.item_ids),
    // A customer orders for nobody else.
    userId: ownerId ?? body.user_id,
    declaredTotalMinor:
      typeof body.total_amount === 'string' ? toMinor(body.total_amount) : Math.round(body.total_amount * 100),
    requestId,
    principal,
    idempotency,
  };
}

/** [1, 2, 1] is two of product 1 and one of product 2, in the order in which they were first named. */
export function toLines(itemIds: readonly number[]): PlacementLine[] {
  const quantities = new Map<number, number>();
  for (const id of itemIds) quantities.set(id, (quantities.get(id) ?? 0) + 1);
  return [...quantities].map(([productId, quantity]) => ({ productId, quantity }));
}

/** The name that a client knows a field of a line by: `items[1].quantity` → `item_ids[2]`, where the product is named first. */
export function toItemField(field: string, itemIds: readonly number[]): string {
  const line = /^items\[(\d+)\]/.exec(field);
  if (!line) return field;
  return `item_ids[${itemIds.indexOf(toLines(itemIds)[Number(line[1])]!.productId)}]`;
}
