import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One product of an order, with the name, SKU and price that it had when the order was placed. */
@Entity({ schema: 'orders', name: 'order_lines' })
export class OrderLine {
  @PrimaryColumn('uuid', { name: 'order_id' })
  orderId: string;

  @PrimaryColumn('smallint', { name: 'line_no' })
  lineNo: number;

  @Column('bigint', { name: 'product_id' })
  productId: number;

  @Column('text', { name: 'product_sku' })
  productSku: string;

  @Column('text', { name: 'product_name' })
  productName: string;

  @Column('integer')
  quantity: number;

  /** In minor units of the order's currency. */
  @Column('bigint', { name: 'unit_price_minor' })
  unitPriceMinor: number;
}
