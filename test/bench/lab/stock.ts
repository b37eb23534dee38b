import type { Client } from 'pg';
import { PRODUCTS } from '../load/requests';

/** Of each product, at the beginning: more than any run can order. */
export const STOCK = 1_000_000_000;

/** Adds the products that orders are for, and the rows of the ledger that say where their stock came from. */
export async function stockProducts(client: Client): Promise<void> {
  await client.query(`
    insert into products.products (sku, name, price_minor)
    select 'BENCH-' || n, 'Product ' || n, 1000 + n from generate_series(1, ${PRODUCTS}) n;
    insert into inventory.stock_levels (product_id, product_name, product_sku, on_hand, maximum_capacity)
    select id, name, sku, ${STOCK}, 2 * ${STOCK}::bigint from products.products;
    insert into inventory.stock_movements (product_id, kind, quantity, previous_on_hand, new_on_hand, previous_reserved,
                                           new_reserved, processed_by)
    select id, 'receive', ${STOCK}, 0, ${STOCK}, 0, 0, 'bench' from products.products`);
  await client.query('vacuum analyze');
}
