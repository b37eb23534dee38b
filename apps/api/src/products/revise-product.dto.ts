import type { ProductRevision } from '@app/inventory';
import { z } from 'zod';
import { toMinor } from '../http/money';
import { description, name, price, sku, units } from './product-fields';

/** Body of `PATCH /api/v1/products/{id}/`. */
export const reviseProductSchema = z
  .strictObject({
    name: name.optional(),
    sku: sku.optional(),
    price: price.optional(),
    description: description.optional(),
    is_active: z.boolean().optional(),
    minimum_threshold: units.optional(),
    maximum_capacity: units.optional(),
  })
  .refine((body) => Object.keys(body).length > 0, 'Give at least one field to change.')
  .meta({ id: 'ReviseProduct', example: { price: '119.90', minimum_threshold: 5 } });
export type ReviseProductBody = z.infer<typeof reviseProductSchema>;

export function toProductRevision(body: ReviseProductBody): ProductRevision {
  return {
    name: body.name,
    sku: body.sku,
    priceMinor: body.price === undefined ? undefined : toMinor(body.price),
    description: body.description,
    isActive: body.is_active,
    minimumThreshold: body.minimum_threshold,
    maximumCapacity: body.maximum_capacity,
  };
}
