import type { Entity } from '../contracts/attempt';
import type { OrderRow, ProductRow, SimulationRows, UserRow } from '../contracts/simulation-rows';

/** A row and what it is. */
export type EntityRow =
  { entity: 'user'; row: UserRow } | { entity: 'product'; row: ProductRow } | { entity: 'order'; row: OrderRow };

/** Names of an entity: in messages, of its table, its database, its file, its threads. */
export interface EntityNames {
  label: string;
  table: string;
  database: string;
  file: string;
  thread: string;
}

export const ENTITY_NAMES: Readonly<Record<Entity, EntityNames>> = {
  user: { label: 'User', table: 'users', database: 'users_db', file: 'users', thread: 'UserThread' },
  product: { label: 'Product', table: 'products', database: 'products_db', file: 'products', thread: 'ProductThread' },
  order: { label: 'Order', table: 'orders', database: 'orders_db', file: 'orders', thread: 'OrderThread' },
};

/** All rows of a run, in the order in which one thread alone would insert them. */
export function entityRows({ users, products, orders }: SimulationRows): EntityRow[] {
  return [
    ...users.map((row): EntityRow => ({ entity: 'user', row })),
    ...products.map((row): EntityRow => ({ entity: 'product', row })),
    ...orders.map((row): EntityRow => ({ entity: 'order', row })),
  ];
}

/** `User(id=3, name='Charlie', email='charlie@example.com')`. */
export function rowDetails(row: EntityRow): string {
  switch (row.entity) {
    case 'user':
      return `User(id=${row.row.id}, name=${quoted(row.row.name)}, email=${quoted(row.row.email)})`;
    case 'product':
      return `Product(id=${row.row.id}, name=${quoted(row.row.name)}, price=${row.row.price?.toFixed(2) ?? 'None'})`;
    case 'order': {
      const { id, user_id, product_id, quantity } = row.row;
      return `Order(id=${id}, user_id=${user_id}, product_id=${product_id}, quantity=${quantity})`;
    }
  }
}

/** `(10, 'Earbuds', -50.0)`: the values as the simulation's first version printed them, which people compare with. */
export function rowValues(row: EntityRow): string {
  switch (row.entity) {
    case 'user':
      return `(${row.row.id}, ${quoted(row.row.name)}, ${quoted(row.row.email)})`;
    case 'product':
      return `(${row.row.id}, ${quoted(row.row.name)}, ${decimal(row.row.price)})`;
    case 'order':
      return `(${row.row.id}, ${row.row.user_id}, ${row.row.product_id}, ${row.row.quantity})`;
  }
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return `${quote}${text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)}${quote}`;
}

function decimal(value: number | null): string {
  if (value === null) return 'None';
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}
