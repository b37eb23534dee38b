import { type HistoryQuery, type RowChange, VersionsRepository } from '@app/audit';
import { prepared, type Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import { ProductNotFoundError } from './errors';
import { Product, type ProductVersion, TRACKED_PRODUCTS } from './product.entity';
import { matchesSearch } from './product-search';

/** What an order needs to know of a product, and freezes. */
export interface ProductForSale {
  id: number;
  sku: string;
  name: string;
  priceMinor: number;
  currency: string;
  isActive: boolean;
}

/** What a list can be sorted by, and the column behind it. Only these reach the SQL. */
const SORT_COLUMNS = {
  name: 'product.name',
  price: 'product.priceMinor',
  created_at: 'product.createdAt',
  updated_at: 'product.updatedAt',
} as const;
export type ProductSort = keyof typeof SORT_COLUMNS;

export interface ProductQuery {
  search?: string;
  isActive?: boolean;
  sort: ProductSort;
  descending: boolean;
  /** Read on after this row: the value that is sorted by, and the id that breaks ties. */
  after?: { value: string; id: number };
  limit: number;
  /** Rows to pass over first; for pages by number, which have no `after`. */
  offset?: number;
}

@Injectable()
export class ProductsRepository {
  constructor(
    @InjectRepository(Product) private readonly products: Repository<Product>,
    private readonly versions: VersionsRepository,
  ) {}

  /** Locks a product until the transaction ends. Whoever also needs its stock level takes this lock first. */
  async lock(tx: Tx<'products'>, id: number): Promise<Product> {
    const product = await tx.findOne(Product, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!product) throw new ProductNotFoundError(id);
    return product;
  }

  /** Reads what placing needs, before any stock row is locked. Unknown ids are missing from the result. */
  async findForSale(tx: Tx<'products'>, ids: readonly number[]): Promise<Map<number, ProductForSale>> {
    const rows = await prepared<ProductForSale[]>(
      tx,
      `select id, sku, name, price_minor as "priceMinor", currency, is_active as "isActive"
         from products.products where id = any($1::bigint[])`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  async get(id: number): Promise<Product> {
    const product = await this.products.findOneBy({ id });
    if (!product) throw new ProductNotFoundError(id);
    return product;
  }

  async findByIds(ids: readonly number[]): Promise<Product[]> {
    return this.products.findBy({ id: In([...ids]) });
  }

  /** What changed in a product, by version, after the version given. */
  async getHistory(id: number, query: HistoryQuery): Promise<RowChange<ProductVersion>[]> {
    return this.versions.findChanges<ProductVersion>(TRACKED_PRODUCTS, id, query);
  }

  /** Counts the versions of a product, at most `max`; none for one that never was. */
  async countHistory(id: number, max: number): Promise<number> {
    return this.versions.count(TRACKED_PRODUCTS, id, max);
  }

  async find(query: ProductQuery): Promise<Product[]> {
    const column = SORT_COLUMNS[query.sort];
    const direction = query.descending ? 'DESC' : 'ASC';
    const select = this.matching(query)
      .orderBy(column, direction)
      .addOrderBy('product.id', direction)
      .offset(query.offset)
      .limit(query.limit);
    if (query.after)
      select.andWhere(`(${column}, product.id) ${query.descending ? '<' : '>'} (:value, :id)`, query.after);
    return select.getMany();
  }

  /** Counts what matches, at most `max`. */
  async count(query: Pick<ProductQuery, 'search' | 'isActive'>, max: number): Promise<number> {
    const capped = this.matching(query).select('1').limit(max);
    const [sql, parameters] = capped.getQueryAndParameters();
    const [{ count }] = await this.products.query<[{ count: number }]>(
      `select count(*) from (${sql}) capped`,
      parameters,
    );
    return count;
  }

  private matching({ search, isActive }: Pick<ProductQuery, 'search' | 'isActive'>) {
    const select = this.products.createQueryBuilder('product');
    if (isActive !== undefined) select.andWhere('product.isActive = :isActive', { isActive });
    if (search)
      select.andWhere(matchesSearch('products.search_text(product.name, product.sku, product.description)'), {
        search,
      });
    return select;
  }
}
