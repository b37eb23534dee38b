import type { RowChange } from '@app/audit';
import type { LimitChange } from '@app/inventory';
import type { ProductVersion } from '@app/products';
import { z } from 'zod';
import { toDecimal } from '../http/money';
import { rowChangeShape, type ShownColumns, toRowChange, toTime } from '../http/row-change.response';

export const productChangeSchema = z
  .object({
    ...rowChangeShape,
    changes: rowChangeShape.changes.meta({
      description:
        'Field by field, by the names of this API, with the minimum threshold and the maximum capacity of its stock. Without what changed of the product for the oldest version when those before it were cleaned up.',
      example: [{ field: 'price', from: '999.00', to: '899.00' }],
    }),
    name: z.string().meta({ example: 'Laptop' }),
    sku: z.string().meta({ example: 'LAP-001' }),
    price: z.string().meta({ example: '899.00' }),
    is_active: z.boolean().meta({ example: true }),
  })
  .meta({ id: 'ProductChange' });

/** Every column of a product. Null: said by the entry itself. */
export const PRODUCT_COLUMNS: ShownColumns = {
  id: ['id'],
  sku: ['sku'],
  name: ['name'],
  description: ['description'],
  price_minor: ['price', toDecimal],
  currency: ['currency'],
  is_active: ['is_active'],
  created_at: ['created_at', toTime],
  version: null,
  updated_at: null,
  changed_by: null,
  request_id: null,
  change_reason: null,
};

/** `limits` are the changes of threshold and capacity that came with this version. */
export function toProductChange(change: RowChange<ProductVersion>, limits: readonly LimitChange[]) {
  const { name, sku, price_minor, is_active } = change.row;
  const entry = toRowChange(change, PRODUCT_COLUMNS);
  const changes = [...entry.changes, ...limits.map(({ limit, from, to }) => ({ field: limit, from, to }))];
  return { ...entry, changes, name, sku, price: toDecimal(price_minor), is_active };
}
