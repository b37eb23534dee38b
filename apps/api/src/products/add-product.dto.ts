import type { NewStockedProduct } from '@app/inventory';
import { z } from 'zod';
import { toMinor } from '../http/money';
import { description, name, price, sku, units } from './product-fields';

const MINIMUM_THRESHOLD = 10;

/** Body of `POST /api/v1/products/`. */
export const addProductSchema = z
  .strictObject({
    name,
    sku,
    price,
    description: description.optional(),
    is_active: z.boolean().default(true),
    initial_stock: units.default(0).meta({ example: 25 }),
    minimum_threshold: units.default(MINIMUM_THRESHOLD),
    maximum_capacity: units
      .optional()
      .meta({ description: '1000 when it is not given, or the initial stock when that is more.' }),
  })
  .refine(
    ({ initial_stock, maximum_capacity }) => maximum_capacity === undefined || initial_stock <= maximum_capacity,
    {
      path: ['initial_stock'],
      error: 'Must not be greater than maximum_capacity.',
    },
  )
  .meta({
    id: 'AddProduct',
    example: { name: 'Trail running shoes', sku: 'SHOE-TRAIL-42', price: '129.90', initial_stock: 25 },
  });
export type AddProductBody = z.infer<typeof addProductSchema>;

export function toNewProduct(body: AddProductBody): NewStockedProduct {
  return {
    sku: body.sku,
    name: body.name,
    description: body.description,
    priceMinor: toMinor(body.price),
    isActive: body.is_active,
    initialStock: body.initial_stock,
    minimumThreshold: body.minimum_threshold,
    maximumCapacity: body.maximum_capacity,
  };
}
