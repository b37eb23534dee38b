import { isLowStock, type MovementKind, type StockLevel, type StockMovement } from '@app/inventory';
import { z } from 'zod';

const time = z.iso.datetime().meta({ example: '2026-11-20T10:00:00.000Z' });
const units = z.number().int();

export const inventoryItemSchema = z
  .object({
    id: units.meta({ example: 1, description: 'The product id.' }),
    product_id: units.meta({ example: 1 }),
    product_name: z.string().meta({ example: 'Laptop' }),
    product_sku: z.string().meta({ example: 'LAP-001' }),
    quantity: units.meta({ example: 40, description: 'On hand.' }),
    reserved_quantity: units.meta({ example: 2 }),
    available_quantity: units.meta({ example: 38 }),
    minimum_threshold: units.meta({ example: 10 }),
    maximum_capacity: units.meta({ example: 1000 }),
    is_low_stock: z.boolean().meta({ description: 'available ≤ minimum_threshold', example: false }),
    version: units.meta({ example: 4 }),
    created_at: time,
    updated_at: time,
  })
  .meta({ id: 'InventoryItem' });

export function toInventoryItem(level: StockLevel): z.infer<typeof inventoryItemSchema> {
  const available = level.onHand - level.reserved;
  return {
    id: level.productId,
    product_id: level.productId,
    product_name: level.productName,
    product_sku: level.productSku,
    quantity: level.onHand,
    reserved_quantity: level.reserved,
    available_quantity: available,
    minimum_threshold: level.minimumThreshold,
    maximum_capacity: level.maximumCapacity,
    is_low_stock: isLowStock(level),
    version: level.version,
    created_at: level.createdAt.toISOString(),
    updated_at: level.updatedAt.toISOString(),
  };
}

/** The kinds of movements, as this API writes them. */
const TRANSACTION_TYPES = {
  receive: 'RECEIVE',
  reserve: 'RESERVE',
  release: 'RELEASE',
  fulfill: 'FULFILL',
  adjust: 'ADJUST',
  damage: 'DAMAGE',
} as const satisfies Record<MovementKind, string>;

export const movementSchema = z
  .object({
    id: units.meta({ example: 17 }),
    transaction_id: z.string().meta({ example: 'MOV-0000000017' }),
    product_id: units.meta({ example: 1 }),
    product_name: z.string().meta({ example: 'Laptop' }),
    product_sku: z.string().meta({ example: 'LAP-001' }),
    transaction_type: z.enum(TRANSACTION_TYPES).meta({ example: TRANSACTION_TYPES.reserve }),
    quantity: units.meta({ example: 2 }),
    previous_quantity: units.meta({ example: 40 }),
    new_quantity: units.meta({ example: 40 }),
    previous_reserved: units.meta({ example: 0 }),
    new_reserved: units.meta({ example: 2 }),
    order_id: z.uuid().nullable().meta({ example: '0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11' }),
    reference_number: z.string().nullable(),
    notes: z.string().nullable(),
    processed_by: z.string().meta({ example: 'api' }),
    idempotency_key: z.string().nullable().meta({ description: 'Of the request that asked for it.', example: null }),
    created_at: time,
  })
  .meta({ id: 'StockMovement' });
type MovementResponse = z.infer<typeof movementSchema>;

export function toMovement(movement: StockMovement, level: StockLevel): MovementResponse {
  return {
    id: movement.id,
    transaction_id: `MOV-${String(movement.id).padStart(10, '0')}`,
    product_id: movement.productId,
    product_name: level.productName,
    product_sku: level.productSku,
    transaction_type: TRANSACTION_TYPES[movement.kind],
    quantity: movement.quantity,
    previous_quantity: movement.previousOnHand,
    new_quantity: movement.newOnHand,
    previous_reserved: movement.previousReserved,
    new_reserved: movement.newReserved,
    order_id: movement.orderId,
    reference_number: movement.referenceNumber,
    notes: movement.notes,
    processed_by: movement.processedBy,
    idempotency_key: movement.idempotencyKey,
    created_at: movement.createdAt.toISOString(),
  };
}
