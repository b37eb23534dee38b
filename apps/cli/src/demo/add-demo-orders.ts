import { BatchDispatcher, type PlacementRequest } from '@app/orders';
import type { INestApplicationContext } from '@nestjs/common';
import { OPERATOR } from '../principal';

/** The examples of the API's document ask for these ids: one to read and cancel, and one each to delete in both forms of the API. */
const DEMO_BATCH_ID = '0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c22';
const DEMO_ORDERS: readonly [id: string, name: string, ...lines: (readonly [productId: number, quantity: number])[]][] =
  [
    ['0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11', 'John Doe', [1, 2], [3, 1]],
    ['0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c12', 'Mei Tanaka', [2, 1]],
    ['0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c13', 'José García', [3, 2]],
  ];

/**
 * Places three orders of the first products, as one bulk request, so that there is something to look at and the examples find what
 * they ask for. For a shop that has products 1 to 3 and none of these orders.
 */
export async function addDemoOrders(app: INestApplicationContext): Promise<number> {
  const requests = DEMO_ORDERS.map(([orderId, customerName, ...lines]): PlacementRequest => ({
    orderId,
    orderIdGiven: true,
    customerName,
    customerEmail: `${customerName.split(' ')[0]!.toLowerCase()}@example.com`,
    priority: 'normal',
    shippingAddress: null,
    billingAddress: null,
    paymentMethod: null,
    notes: null,
    externalReference: null,
    lines: lines.map(([productId, quantity]) => ({ productId, quantity })),
    requestId: 'seed-demo',
    principal: OPERATOR,
  }));
  await app.get(BatchDispatcher, { strict: false }).place({
    batchId: DEMO_BATCH_ID,
    requests,
    errorPolicy: 'reject_failed',
    requestId: 'seed-demo',
    principal: OPERATOR,
    dryRun: false,
  });
  return requests.length;
}
