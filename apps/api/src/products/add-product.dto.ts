import type { NewStockedProduct } from '@app/inventory';
import { z } from 'zod';
import { toMinor } from '../http/money';
import { text } from '../http/validation';

const STOCK_MAX = 1_000_000_000;
const MINIMUM_THRESHOLD = 10;
const MAXIMUM_CAPACITY = 1000;

const price = z
  .union([z.string(), z.number()], 'Must be a decimal number such as "99.99".')
  .transform(String)
  .pipe(
    z
      .string()
      .regex(/^\d{1,6}(\.\d{1,2})?$/, {
        error: 'Must be between 0.01 and 999999.99, with at most two decimal places.',
        abort: true,
      })
      .refine((value) => toMinor(value) > 0, 'Must be at least 0.01.'),
  )
  .meta({ example: '99.99' });

const units = z
  .number()
  .int('Must be a whole number.')
  .min(0, 'Must not be negative.')
  .max(STOCK_MAX, `Must be at most ${STOCK_MAX}.`);

/** Body of `POST /api/v1/products/`. */
export const addProductSchema = z
  .strictObject({
    name: text(1, 200).meta({ example: 'Trail running shoes' }),
    sku: text(1, 64).meta({ example: 'SHOE-TRAIL-42' }),
    price,
    description: text(0, 5000).optional(),
    is_active: z.boolean().default(true),
    initial_stock: units.default(0).meta({ example: 25 }),
    minimum_threshold: units.default(MINIMUM_THRESHOLD),
    maximum_capacity: units.default(MAXIMUM_CAPACITY),
  })
  .refine(({ initial_stock, maximum_capacity }) => initial_stock <= maximum_capacity, {
    path: ['initial_stock'],
    error: 'Must not be greater than maximum_capacity.',
  })
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
