import type { components } from './schema';

type Schemas = components['schemas'];

/** The things of the API by their names. The others are in `components['schemas']`. */
export type Order = Schemas['Order'];
export type OrderListItem = Schemas['OrderListItem'];
export type OrderPage = Schemas['OrderPage'];
export type OrderBatch = Schemas['OrderBatch'];
export type OrderChange = Schemas['OrderChange'];
export type PlaceOrder = Schemas['PlaceOrder'];
export type Product = Schemas['Product'];
export type ProductPage = Schemas['ProductPage'];
export type AddProduct = Schemas['AddProduct'];
export type InventoryItem = Schemas['InventoryItem'];
export type StockMovement = Schemas['StockMovement'];
export type AdjustStock = Schemas['AdjustStock'];
export type Health = Schemas['Health'];
