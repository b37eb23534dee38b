import type { Order, OrderLine, OrderStatus } from '@app/orders';
import { z } from 'zod';
import { toDecimal } from '../http/money';
import { EXAMPLE_ID } from '../openapi/example-of';

/** More units than this are not written out one by one: only orders of the full API can have them. */
const ITEMS_MAX = 1000;

/** The states that simple clients know. */
const SIMPLE_STATUSES = {
  pending: 'PENDING',
  processing: 'PROCESSING',
  shipped: 'PROCESSING',
  delivered: 'COMPLETED',
  cancelled: 'CANCELLED',
  failed: 'FAILED',
} as const satisfies Record<OrderStatus, string>;

const simpleStatus = z.enum(['PENDING', 'PROCESSING', 'COMPLETED', 'CANCELLED', 'FAILED']).meta({ example: 'PENDING' });
const orderId = z.string().meta({ example: EXAMPLE_ID, description: 'Yours, if you gave one; else a UUID.' });
const money = z.string().meta({ example: '90.99' });

export const simpleOrderSchema = z
  .object({
    order_id: orderId,
    user_id: z.string().meta({ example: 'user44', description: "The customer's name for an order of the full API." }),
    item_ids: z.array(z.number().int()).meta({
      example: [1, 2, 3],
      description: `Each product once per unit; once each when the order has more than ${ITEMS_MAX} units.`,
    }),
    total_amount: money.meta({ description: 'What the order costs by the catalogue.' }),
    declared_total: money.optional().meta({ description: "The client's figure; only when it differs." }),
    status: simpleStatus,
    created_at: z.iso.datetime().meta({ example: '2026-11-20T10:00:00.000Z' }),
  })
  .meta({ id: 'SimpleOrder' });
export type SimpleOrderResponse = z.infer<typeof simpleOrderSchema>;

export const simpleStatusSchema = z
  .object({
    order_id: orderId,
    status: simpleStatus,
    created_at: z.iso.datetime().meta({ example: '2026-11-20T10:00:00.000Z' }),
  })
  .meta({ id: 'SimpleOrderStatus' });

/** The id that the client of an order knows: only orders of this surface have a user, and a reference if they were given an id. */
export function toSimpleOrderId({ id, userId, externalReference }: Order): string {
  return (userId !== null && externalReference) || id;
}

export function toSimpleStatus(status: OrderStatus): z.infer<typeof simpleStatus> {
  return SIMPLE_STATUSES[status];
}

export function toSimpleOrder(order: Order, lines: readonly OrderLine[]): SimpleOrderResponse {
  const { declaredTotalMinor, totalMinor } = order;
  const differs = declaredTotalMinor !== null && declaredTotalMinor !== totalMinor;
  return {
    order_id: toSimpleOrderId(order),
    user_id: order.userId ?? order.customerName,
    item_ids: toItemIds(lines),
    total_amount: toDecimal(totalMinor),
    ...(differs ? { declared_total: toDecimal(declaredTotalMinor) } : {}),
    status: toSimpleStatus(order.status),
    created_at: order.createdAt.toISOString(),
  };
}

function toItemIds(lines: readonly OrderLine[]): number[] {
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return lines.flatMap(({ productId, quantity }) =>
    units > ITEMS_MAX ? [productId] : Array.from({ length: quantity }, () => productId),
  );
}
