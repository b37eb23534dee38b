import { randomUUID } from 'node:crypto';
import { CreateStockedProducts, type NewStockedProduct } from '@app/inventory';
import { type PlacementLine, type PlacementRequest } from '@app/orders';
import type { INestApplicationContext } from '@nestjs/common';
import { TESTER } from './principals';

let sequence = 0;

/** A wish to order one unit of product 1, unless `given` says otherwise. */
export function aPlacement(given: Partial<PlacementRequest> = {}): PlacementRequest {
  return {
    orderId: randomUUID(),
    orderIdGiven: false,
    customerName: 'Ada Buyer',
    customerEmail: 'ada@example.com',
    priority: 'normal',
    shippingAddress: null,
    billingAddress: null,
    paymentMethod: null,
    notes: null,
    externalReference: null,
    lines: [{ productId: 1, quantity: 1 }],
    requestId: 'test-request',
    principal: TESTER,
    ...given,
  };
}

export function lines(...pairs: [productId: number, quantity: number][]): PlacementLine[] {
  return pairs.map(([productId, quantity]) => ({ productId, quantity }));
}

/** Adds one product per entry of `stock` and returns their ids in the same order. */
export async function someProducts(
  app: INestApplicationContext,
  stock: number[],
  given: Partial<NewStockedProduct> = {},
): Promise<number[]> {
  const products = stock.map((initialStock) => {
    sequence++;
    return {
      sku: `SKU-${process.pid}-${sequence}`,
      name: `Product ${sequence}`,
      priceMinor: 1000 + sequence,
      initialStock,
      maximumCapacity: 1_000_000,
      ...given,
    };
  });
  const added = await app.get(CreateStockedProducts, { strict: false }).execute(products, { principal: TESTER });
  return added.map(({ id }) => id);
}
