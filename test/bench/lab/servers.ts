import Redis from 'ioredis';
import { LIMIT_SCHEMA } from '../limits/schema';
import { type BenchDatabase, copyDatabase, createDatabase, urlOf, withClient } from './database';
import { runCli } from './product';
import { stockProducts } from './stock';

const LIMIT_TEMPLATE = 'bench_limit_template';
const PRODUCT_TEMPLATE = 'bench_product_template';

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
    return this.copy(LIMIT_TEMPLATE, 'bench_limit');
  }

  productDatabase(name = 'bench_product'): Promise<BenchDatabase> {
    return this.copy(PRODUCT_TEMPLATE, name);
  }

  copy(template: string, name: string): Promise<BenchDatabase> {
    return copyDatabase(this.postgresUrl, template, name);
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
