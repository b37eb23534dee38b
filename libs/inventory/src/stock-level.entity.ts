import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How much of a product there is. *Available* is on hand − reserved: computed, never stored. */
@Entity({ schema: 'inventory', name: 'stock_levels' })
export class StockLevel {
  @PrimaryColumn('bigint', { name: 'product_id' })
  productId: number;

  @Column('text', { name: 'product_name' })
  productName: string;

  @Column('text', { name: 'product_sku' })
  productSku: string;

  /** Units physically here. */
  @Column('bigint', { name: 'on_hand', default: 0 })
  onHand: number;

  /** Units reserved by open orders. */
  @Column('bigint', { default: 0 })
  reserved: number;

  @Column('bigint', { name: 'minimum_threshold', default: 10 })
  minimumThreshold: number;

  @Column('bigint', { name: 'maximum_capacity', default: 1000 })
  maximumCapacity: number;

  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt: Date;
}
