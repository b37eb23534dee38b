import type { MigrationInterface } from 'typeorm';
import type { Entity } from '../../contracts/attempt';
import { Orders1763700000002 } from './1763700000002-orders';
import { Products1763700000001 } from './1763700000001-products';
import { Users1763700000000 } from './1763700000000-users';

/** Each store has the migrations of its entity, and no others. */
export const STORE_MIGRATIONS: Readonly<Record<Entity, (new () => MigrationInterface)[]>> = {
  user: [Users1763700000000],
  product: [Products1763700000001],
  order: [Orders1763700000002],
};
