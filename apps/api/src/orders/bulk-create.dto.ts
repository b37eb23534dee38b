import {
  type BatchedOrder,
  ERROR_POLICIES,
  InvalidOrder,
  ORDERS_PER_BATCH_MAX,
  ORDERS_PER_TRANSACTION_MAX,
} from '@app/orders';
import { InvalidInputError, type Principal, SlicedWork } from '@app/platform';
import { z } from 'zod';
import { InvalidItem } from '../http/invalid-item';
import { checkedInSlices } from '../http/long-lists';
import { type PlaceOrderBody, placeOrderSchema, toPlacementRequest } from './place-order.dto';

/** Body of `POST /api/v1/orders/bulk_create/`. */
export const bulkCreateSchema = checkedInSlices(
  z
    .strictObject({
      orders: z
        .array(placeOrderSchema)
        .min(1, 'At least one order is required.')
        .max(ORDERS_PER_BATCH_MAX, `At most ${ORDERS_PER_BATCH_MAX} orders are allowed.`),
      error_policy: z.enum(ERROR_POLICIES).default('reject_all').meta({
        description: '`reject_all`: all orders or none. `reject_failed`: those that can be placed.',
      }),
      dry_run: z
        .boolean()
        .default(false)
        .meta({ description: `Decide, and write nothing. At most ${ORDERS_PER_TRANSACTION_MAX} orders.` }),
    })
    .meta({
      id: 'BulkCreate',
      example: {
        orders: [
          {
            customer_name: 'Customer 1',
            customer_email: 'customer1@example.com',
            items: [{ product_id: 1, quantity: 1 }],
          },
          {
            customer_name: 'Customer 2',
            customer_email: 'customer2@example.com',
            items: [{ product_id: 2, quantity: 2 }],
          },
        ],
      },
    }),
  'orders',
  ({ error_policy }) => error_policy === 'reject_failed',
);
export type BulkCreateBody = Omit<z.infer<typeof bulkCreateSchema>, 'orders'> & {
  orders: (PlaceOrderBody | InvalidItem)[];
};

/** Orders of one bulk request of a customer: anybody may register, and nobody alone is to fill the line of bulk requests. */
export const ORDERS_PER_CUSTOMER_BATCH_MAX = 100;

/** Throws InvalidInputError. */
export function refuseLongCustomerBatch({ orders }: Pick<BulkCreateBody, 'orders'>, ownerId: string | undefined): void {
  if (ownerId !== undefined && orders.length > ORDERS_PER_CUSTOMER_BATCH_MAX)
    throw new InvalidInputError('The request is not valid.', [
      {
        field: 'orders',
        code: 'too_big',
        message: `A customer places at most ${ORDERS_PER_CUSTOMER_BATCH_MAX} orders with one request. Send the others with another one.`,
      },
    ]);
}

/** A dry run is answered at once or not at all. Throws InvalidInputError. */
export function refuseLongDryRun({ orders, dry_run }: BulkCreateBody): void {
  if (dry_run && orders.length > ORDERS_PER_TRANSACTION_MAX)
    throw new InvalidInputError('The request is not valid.', [
      {
        field: 'dry_run',
        code: 'too_big',
        message: `A dry run takes at most ${ORDERS_PER_TRANSACTION_MAX} orders.`,
      },
    ]);
}

export async function toBatchedOrders(
  { orders }: BulkCreateBody,
  principal: Principal,
  requestId: string,
  userId?: string,
): Promise<BatchedOrder[]> {
  const requests: BatchedOrder[] = [];
  const work = new SlicedWork();
  for (const order of orders) {
    requests.push(
      order instanceof InvalidItem ? toInvalidOrder(order) : toPlacementRequest(order, principal, requestId, userId),
    );
    if (work.isDue) await work.turn();
  }
  return requests;
}

function toInvalidOrder({ problems, count }: InvalidItem): InvalidOrder {
  const bounded = problems.length < count ? ` The first ${problems.length} of ${count} problems are listed.` : '';
  return new InvalidOrder(`The order is not valid.${bounded}`, problems);
}
