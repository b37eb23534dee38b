import type { TrackedTable } from '@app/audit';
import { textLiterals } from '@app/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { isFinal, ORDER_STATUSES, OrderStatus } from './order-status';

/** The table below, as audit knows it. */
export const TRACKED_ORDERS: TrackedTable = {
  name: 'order',
  live: 'orders.orders',
  idType: 'uuid',
  settled: `current.status in (${textLiterals(ORDER_STATUSES.filter(isFinal))})`,
};

/** The current version of an order. Superseded versions are in audit.order_versions. */
@Entity({ schema: 'orders', name: 'orders' })
export class Order {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text', { name: 'customer_name' })
  customerName: string;

  /** Null for orders of the compatibility surface. */
  @Column('text', { name: 'customer_email', nullable: true })
  customerEmail: string | null;

  /** The account that placed it; of orders of the compatibility surface, the client's own name for the customer. */
  @Column('text', { name: 'user_id', nullable: true })
  userId: string | null;

  /** What the client thought the order costs, in minor units; compatibility surface only. */
  @Column('bigint', { name: 'declared_total_minor', nullable: true })
  declaredTotalMinor: number | null;

  /** The bulk request that it came with. */
  @Column('uuid', { name: 'batch_id', nullable: true })
  batchId: string | null;

  /** Written by ApplyTransitions only. */
  @Column('text', { default: OrderStatus.pending })
  status: OrderStatus;

  /** 1 high, 2 normal, 3 low. */
  @Column('smallint', { default: 2 })
  priority: number;

  /** In minor units of `currency`. */
  @Column('bigint', { name: 'total_minor' })
  totalMinor: number;

  @Column('character', { length: 3 })
  currency: string;

  @Column('smallint', { name: 'line_count' })
  lineCount: number;

  @Column('text', { name: 'shipping_address', nullable: true })
  shippingAddress: string | null;

  @Column('text', { name: 'billing_address', nullable: true })
  billingAddress: string | null;

  @Column('text', { name: 'payment_method', nullable: true })
  paymentMethod: string | null;

  @Column('text', { nullable: true })
  notes: string | null;

  @Column('text', { name: 'external_reference', nullable: true })
  externalReference: string | null;

  @Column('text', { name: 'tracking_number', nullable: true })
  trackingNumber: string | null;

  @Column('text', { name: 'failure_reason', nullable: true })
  failureReason: string | null;

  /** How often the sweep put it back from processing to pending. */
  @Column('smallint', { name: 'put_backs', default: 0 })
  putBacks: number;

  @Column({ type: 'timestamptz', precision: 3, name: 'status_since', default: () => 'now()' })
  statusSince: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'processing_started_at', nullable: true })
  processingStartedAt: Date | null;

  /** When it was delivered. */
  @Column({ type: 'timestamptz', precision: 3, name: 'completed_at', nullable: true })
  completedAt: Date | null;

  @Column('integer', { default: 1 })
  version: number;

  @Column({ type: 'timestamptz', precision: 3, name: 'created_at', default: () => 'now()' })
  createdAt: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'updated_at', default: () => 'now()' })
  updatedAt: Date;

  @Column('text', { name: 'changed_by' })
  changedBy: string;

  @Column('text', { name: 'request_id', nullable: true })
  requestId: string | null;

  @Column('text', { name: 'change_reason', nullable: true })
  changeReason: string | null;
}
