import Redis from 'ioredis';
import { PRODUCTS } from '../load/requests';
import { LIMIT_SCHEMA } from '../limits/schema';
import { type BenchDatabase, copyDatabase, createDatabase, urlOf, withClient } from './database';
import { runCli } from './product';

const LIMIT_TEMPLATE = 'bench_limit_template';
const PRODUCT_TEMPLATE = 'bench_product_template';
const STOCK = 1_000_000_000;

/** The servers that `npm run bench` started. */
export class Servers {
  constructor(
    readonly postgresUrl: string,
    readonly postgresLog: string,
    private readonly redis?: string,
  ) {}

  /** Makes the two databases that measurements copy: one for the limits, one of the product with products in stock. */
  async prepare(): Promise<void> {
    const limits = await createDatabase(this.postgresUrl, LIMIT_TEMPLATE);
    await withClient(limits, async (client) => client.query(LIMIT_SCHEMA));
    const product = await createDatabase(this.postgresUrl, PRODUCT_TEMPLATE);
    await runCli(['migrate'], { databaseUrl: product });
    await withClient(product, stockProducts);
  }

  limitDatabase(): Promise<BenchDatabase> {
    return copyDatabase(this.postgresUrl, LIMIT_TEMPLATE, 'bench_limit');
  }

  productDatabase(): Promise<BenchDatabase> {
    return copyDatabase(this.postgresUrl, PRODUCT_TEMPLATE, 'bench_product');
  }

  url(database: string): string {
    return urlOf(this.postgresUrl, database);
  }

  /** The Redis, emptied. Throws when the machine has none. */
  async emptyRedis(): Promise<string> {
    if (!this.redis) throw new Error('This scenario needs redis-server on the PATH.');
    const client = new Redis(this.redis);
    await client.flushall();
    await client.quit();
    return this.redis;
  }

  get hasRedis(): boolean {
    return this.redis !== undefined;
  }
}

/** Products with more stock than any run can order, and the ledger rows that say where it came from. */
export async function stockProducts(client: { query: (sql: string) => Promise<unknown> }): Promise<void> {
  await client.query(`
    insert into products.products (sku, name, price_minor)
    select 'BENCH-' || n, 'Product ' || n, 1000 + n from generate_series(1, ${PRODUCTS}) n;
    insert into inventory.stock_levels (product_id, product_name, product_sku, on_hand, maximum_capacity)
    select id, name, sku, ${STOCK}, 2 * ${STOCK}::bigint from products.products;
    insert into inventory.stock_movements (product_id, kind, quantity, previous_on_hand, new_on_hand, previous_reserved,
                                           new_reserved, processed_by)
    select id, 'receive', ${STOCK}, 0, ${STOCK}, 0, 0, 'bench' from products.products;
    `);
  await client.query('vacuum analyze');
}
