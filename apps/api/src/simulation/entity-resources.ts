import type { Entity, OrderRow, ProductRow, RowOf, UserRow } from '@app/simulation';
import { z } from 'zod';
import { toDecimal } from '../http/money';
import { rowId, strictEmail, strictName, strictPrice, strictQuantity, strictReference } from './row-fields';

/** One entity of the simulation as the API shows it: everything in which the three differ. */
export interface EntityResource<Of extends Entity, Added, Changed> {
  entity: Of;
  /** `SimulationUser`: how the document calls a row. */
  name: string;
  /** `users`. */
  path: string;
  /** `a user`. */
  article: string;
  schema: z.ZodType;
  addSchema: z.ZodType<Added>;
  changeSchema: z.ZodType<Changed>;
  toResponse: (row: RowOf[Of]) => object;
  toRow: (id: number, body: Added) => RowOf[Of];
  change: (row: RowOf[Of], body: Changed) => RowOf[Of];
}

const ofRow = { id: rowId.meta({ example: 1, description: 'Its number in its store.' }) };
const freeId = {
  id: rowId.optional().meta({ example: 1, description: 'The next one that is free when it is not given.' }),
};
const isSomething = (body: object) => Object.keys(body).length > 0;
const NOTHING = 'Give at least one field to change.';

const user = { name: strictName.meta({ example: 'Alice' }), email: strictEmail.meta({ example: 'alice@example.com' }) };
const product = { name: strictName.meta({ example: 'Laptop' }), price: strictPrice };
const order = {
  user_id: strictReference.meta({ description: 'The user, who must be there.' }),
  product_id: strictReference.meta({ description: 'The product, which must be there.' }),
  quantity: strictQuantity,
};

const addUser = z.strictObject({ ...freeId, ...user });
const changeUser = z.strictObject(user).partial();
const addProduct = z.strictObject({ ...freeId, ...product });
const changeProduct = z.strictObject(product).partial();
const addOrder = z.strictObject({ ...freeId, ...order });
const changeOrder = z.strictObject(order).partial();

export const USERS: EntityResource<'user', z.infer<typeof addUser>, z.infer<typeof changeUser>> = {
  entity: 'user',
  name: 'SimulationUser',
  path: 'users',
  article: 'a user',
  schema: z.object({ ...ofRow, ...user }).meta({ id: 'SimulationUser' }),
  addSchema: addUser.meta({
    id: 'AddSimulationUser',
    example: { id: 1, name: 'Alice', email: 'alice@example.com' },
  }),
  changeSchema: changeUser
    .refine(isSomething, NOTHING)
    .meta({ id: 'ChangeSimulationUser', example: { name: 'Alice Smith' } }),
  toResponse: ({ id, name, email }: UserRow) => ({ id, name, email }),
  toRow: (id, { name, email }) => ({ id, name, email }),
  change: (row, { name = row.name, email = row.email }) => ({ id: row.id, name, email }),
};

export const PRODUCTS: EntityResource<'product', z.infer<typeof addProduct>, z.infer<typeof changeProduct>> = {
  entity: 'product',
  name: 'SimulationProduct',
  path: 'products',
  article: 'a product',
  schema: z
    .object({
      ...ofRow,
      name: product.name,
      price: z.string().meta({ example: '1000.00', description: 'As a decimal text.' }),
    })
    .meta({ id: 'SimulationProduct' }),
  addSchema: addProduct.meta({ id: 'AddSimulationProduct', example: { id: 1, name: 'Laptop', price: '1000.00' } }),
  changeSchema: changeProduct
    .refine(isSomething, NOTHING)
    .meta({ id: 'ChangeSimulationProduct', example: { price: '950.00' } }),
  toResponse: ({ id, name, price }: ProductRow) => ({ id, name, price: toDecimal(Math.round((price ?? 0) * 100)) }),
  toRow: (id, { name, price }) => ({ id, name, price: Number(price) }),
  change: (row, { name = row.name, price }) => ({
    id: row.id,
    name,
    price: price === undefined ? row.price : Number(price),
  }),
};

export const ORDERS: EntityResource<'order', z.infer<typeof addOrder>, z.infer<typeof changeOrder>> = {
  entity: 'order',
  name: 'SimulationOrder',
  path: 'orders',
  article: 'an order',
  schema: z.object({ ...ofRow, ...order }).meta({ id: 'SimulationOrder' }),
  addSchema: addOrder.meta({
    id: 'AddSimulationOrder',
    example: { id: 1, user_id: 1, product_id: 1, quantity: 2 },
  }),
  changeSchema: changeOrder
    .refine(isSomething, NOTHING)
    .meta({ id: 'ChangeSimulationOrder', example: { quantity: 3 } }),
  toResponse: ({ id, user_id, product_id, quantity }: OrderRow) => ({ id, user_id, product_id, quantity }),
  toRow: (id, { user_id, product_id, quantity }) => ({ id, user_id, product_id, quantity }),
  change: (row, { user_id = row.user_id, product_id = row.product_id, quantity = row.quantity }) => ({
    id: row.id,
    user_id,
    product_id,
    quantity,
  }),
};
