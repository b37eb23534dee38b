import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export const MOVEMENT_KINDS = ['receive', 'reserve', 'release', 'fulfill', 'adjust', 'damage'] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** One row of the ledger: what one movement changed. Append-only; the database refuses everything else. */
@Entity({ schema: 'inventory', name: 'stock_movements' })
export class StockMovement {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('bigint', { name: 'product_id' })
  productId: number;

  @Column('uuid', { name: 'order_id', nullable: true })
  orderId: string | null;

  @Column('text')
  kind: MovementKind;

  @Column('bigint')
  quantity: number;

  @Column('bigint', { name: 'previous_on_hand' })
  previousOnHand: number;

  @Column('bigint', { name: 'new_on_hand' })
  newOnHand: number;

  @Column('bigint', { name: 'previous_reserved' })
  previousReserved: number;

  @Column('bigint', { name: 'new_reserved' })
  newReserved: number;

  @Column('text', { name: 'reference_number', nullable: true })
  referenceNumber: string | null;

  @Column('text', { nullable: true })
  notes: string | null;

  @Column('text', { name: 'processed_by' })
  processedBy: string;

  /** Of the request that asked for it. */
  @Column('text', { name: 'idempotency_key', nullable: true })
  idempotencyKey: string | null;

  /** The request that asked for it; null for movements of orders, whose versions say it. */
  @Column('text', { name: 'request_id', nullable: true })
  requestId: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'clock_timestamp()' })
  createdAt: Date;
}
