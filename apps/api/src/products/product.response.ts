import type { StockLevel } from '@app/inventory';
import type { Product } from '@app/products';
import { z } from 'zod';
import { toDecimal } from '../http/money';

const time = z.iso.datetime().meta({ example: '2026-11-20T10:00:00.000Z' });

export const productSchema = z
  .object({
    id: z.number().int().meta({ example: 1 }),
    name: z.string().meta({ example: 'Laptop' }),
    description: z.string().meta({ example: 'Grip on wet rock, light enough for a long day.' }),
    price: z.string().meta({ example: '999.00' }),
    currency: z.string().meta({ example: 'USD' }),
    sku: z.string().meta({ example: 'LAP-001' }),
    is_active: z.boolean().meta({ example: true }),
    stock: z.number().int().meta({ example: 40, description: 'On hand.' }),
    reserved_stock: z.number().int().meta({ example: 2, description: 'Reserved by open orders.' }),
    available_stock: z.number().int().meta({ example: 38, description: 'stock − reserved_stock' }),
    version: z.number().int().meta({ example: 1 }),
    created_at: time,
    updated_at: time,
  })
  .meta({ id: 'Product' });
export type ProductResponse = z.infer<typeof productSchema>;

export function toProductResponse(product: Product, level: StockLevel | undefined): ProductResponse {
  const { onHand, reserved } = level ?? { onHand: 0, reserved: 0 };
  return {
    id: product.id,
    name: product.name,
    description: product.description,
    price: toDecimal(product.priceMinor),
    currency: product.currency,
    sku: product.sku,
    is_active: product.isActive,
    stock: onHand,
    reserved_stock: reserved,
    available_stock: onHand - reserved,
    version: product.version,
    created_at: product.createdAt.toISOString(),
    updated_at: product.updatedAt.toISOString(),
  };
}
