import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';
import type { Entity } from '../contracts/attempt';
import type { Engine } from '../contracts/simulation-options';
import { EMAIL_LENGTH_MAX, NAME_LENGTH_MAX } from '../contracts/simulation-rows';
import { ENTITY_NAMES } from '../rows/entity-row';
import { POSTGRES_SCHEMA } from './postgres-store';

const ID: EntitySchemaColumnOptions = { type: 'integer', primary: true, generated: 'increment' };
const NAME: EntitySchemaColumnOptions = { type: 'varchar', length: NAME_LENGTH_MAX };
const INTEGER: EntitySchemaColumnOptions = { type: 'integer' };

const COLUMNS: Record<Entity, Record<string, EntitySchemaColumnOptions>> = {
  user: { id: ID, name: NAME, email: { type: 'varchar', length: EMAIL_LENGTH_MAX } },
  product: { id: ID, name: NAME, price_minor: INTEGER },
  order: { id: ID, user_id: INTEGER, product_id: INTEGER, quantity: INTEGER },
};

/**
 * The table of one entity, of types that both engines have. There is no CHECK, no unique value and no foreign key: what is valid is
 * the application's to say, which is what the simulation is about.
 */
export function entitySchema(entity: Entity, engine: Engine): EntitySchema {
  const { label, table } = ENTITY_NAMES[entity];
  return new EntitySchema({
    name: label,
    tableName: table,
    schema: engine === 'postgres' ? POSTGRES_SCHEMA : undefined,
    columns: COLUMNS[entity],
    // For looking an address up; it may occur twice.
    indices: entity === 'user' ? [{ name: 'users_email', columns: ['email'] }] : [],
  });
}
