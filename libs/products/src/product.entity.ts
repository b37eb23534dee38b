import type { TrackedTable, VersionRow } from '@app/audit';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** The table below, as audit knows it. */
export const TRACKED_PRODUCTS: TrackedTable = { name: 'product', live: 'products.products', idType: 'bigint' };

/** A version of a product, by its columns. */
export type ProductVersion = VersionRow & { name: string; sku: string; price_minor: number; is_active: boolean };

/** An article of the catalogue. Its stock belongs to the inventory context. */
@Entity({ schema: 'products', name: 'products' })
export class Product {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('text')
  sku: string;

  @Column('text')
  name: string;

  @Column('text', { default: '' })
  description: string;

  /** In minor units of `currency`. */
  @Column('bigint', { name: 'price_minor' })
  priceMinor: number;

  @Column('character', { length: 3, default: 'USD' })
  currency: string;

  @Column('boolean', { name: 'is_active', default: true })
  isActive: boolean;

  @Column('integer', { default: 1 })
  version: number;

  @Column({ type: 'timestamptz', precision: 3, name: 'created_at', default: () => 'now()' })
  createdAt: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'updated_at', default: () => 'now()' })
  updatedAt: Date;

  @Column('text', { name: 'changed_by', default: 'system' })
  changedBy: string;

  @Column('text', { name: 'request_id', nullable: true })
  requestId: string | null;

  @Column('text', { name: 'change_reason', nullable: true })
  changeReason: string | null;
}
