import type { Entity } from '../contracts/attempt';
import type { OrderRow, ProductRow, UserRow } from '../contracts/simulation-rows';
import type { EntityRow } from '../rows/entity-row';
import type { StoreValues } from '../stores/store';

/** What a row of each entity is. */
export interface RowOf {
  user: UserRow;
  product: ProductRow;
  order: OrderRow;
}

const READ: { [Of in Entity]: (values: StoreValues) => RowOf[Of] } = {
  user: ({ id, name, email }) => ({ id: Number(id), name: String(name), email: String(email) }),
  product: ({ id, name, price_minor }) => ({ id: Number(id), name: String(name), price: Number(price_minor) / 100 }),
  order: ({ id, user_id, product_id, quantity }) => ({
    id: Number(id),
    user_id: Number(user_id),
    product_id: Number(product_id),
    quantity: Number(quantity),
  }),
};

const NAME: { [Of in Entity]: (row: RowOf[Of]) => EntityRow } = {
  user: (row) => ({ entity: 'user', row }),
  product: (row) => ({ entity: 'product', row }),
  order: (row) => ({ entity: 'order', row }),
};

/** A row as its store has it. */
export function storedRow<Of extends Entity>(entity: Of, values: StoreValues): RowOf[Of] {
  return READ[entity](values);
}

/** A row with what it is. */
export function entityRow<Of extends Entity>(entity: Of, row: RowOf[Of]): EntityRow {
  return NAME[entity](row);
}
