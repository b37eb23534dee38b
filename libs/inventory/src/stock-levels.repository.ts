import { sortedPage, type Tx, WAITS_BRIEFLY } from '@app/platform';
import { matchesSearch } from '@app/products';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import { StockLevelNotFoundError } from './errors';
import { LOW_STOCK_PRODUCTS, OUT_OF_STOCK_PRODUCTS } from './low-stock';
import { StockLevel } from './stock-level.entity';

export interface StockLevelFilter {
  search?: string;
  lowStock?: boolean;
  outOfStock?: boolean;
}

/** What a list can be sorted by, and the column behind it. Only these reach the SQL. */
const SORT_COLUMNS = {
  product_id: 'level.productId',
  name: 'level.productName',
  quantity: 'level.onHand',
  // As exact as the times of JavaScript, which the next page is asked for with.
  updated_at: `date_trunc('milliseconds', level.updatedAt)`,
} as const;
export type StockLevelSort = keyof typeof SORT_COLUMNS;

export interface StockLevelQuery extends StockLevelFilter {
  /** By product unless given. Without an index for the order, throws TooManyToSortError when too many match. */
  sort?: StockLevelSort;
  descending: boolean;
  /** Read on after this product. `value` is what is sorted by, unless that is the id. */
  after?: { value?: string | number | Date; id: number };
  limit: number;
  /** Rows to pass over first; for pages by number, which have no `after`. */
  offset?: number;
}

export interface StockSummary {
  total: number;
  low: number;
  out: number;
}

@Injectable()
export class StockLevelsRepository {
  constructor(@InjectRepository(StockLevel) private readonly levels: Repository<StockLevel>) {}

  /** Which of the products have their stock locked by somebody at this moment. Waits for nothing and keeps no lock. */
  async findLocked(productIds: readonly number[]): Promise<Set<number>> {
    const rows = await this.levels.query<{ id: number }[]>(
      `with free as materialized (
         select product_id from inventory.stock_levels
          where product_id = any($1::bigint[]) order by product_id for update skip locked)
       select product_id as id from inventory.stock_levels
        where product_id = any($1::bigint[]) and product_id not in (select product_id from free)`,
      [productIds],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Waits until nobody has the stock of these products locked. Keeps no lock. Throws 55P03 after BRIEF_LOCK_MS. */
  async waitBriefly(productIds: readonly number[]): Promise<void> {
    await this.levels.query(
      `select from inventory.stock_levels
        where product_id = any($1::bigint[]) and ${WAITS_BRIEFLY} order by product_id for update`,
      [productIds],
    );
  }

  async get(productId: number, tx: Tx<'inventory'> = this.levels.manager): Promise<StockLevel> {
    const level = await tx.findOneBy(StockLevel, { productId });
    if (!level) throw new StockLevelNotFoundError(productId);
    return level;
  }

  async findByProductIds(productIds: readonly number[]): Promise<Map<number, StockLevel>> {
    const rows = await this.levels.findBy({ productId: In([...productIds]) });
    return new Map(rows.map((level) => [level.productId, level]));
  }

  /**
   * Levels of a list. Quantity and time of change have no index: a level changes with every order, and an update that touches no
   * index is the cheapest there is. Nor has the name together with a filter.
   */
  async find(query: StockLevelQuery): Promise<StockLevel[]> {
    const { sort = 'product_id', descending, after, limit, offset } = query;
    const columns = sort === 'product_id' ? [SORT_COLUMNS[sort]] : [SORT_COLUMNS[sort], SORT_COLUMNS.product_id];
    const key = after && (sort === 'product_id' ? [after.id] : [after.value, after.id]);
    const isFiltered = query.search !== undefined || query.lowStock || query.outOfStock;
    if (sort === 'quantity' || sort === 'updated_at' || (sort === 'name' && isFiltered)) {
      const page = { ordering: sort, columns, descending, after: key, limit, offset };
      const ids = (await sortedPage(this.matching(query), page)).map(Number);
      const levels = await this.findByProductIds(ids);
      return ids.flatMap((id) => levels.get(id) ?? []);
    }
    const direction = descending ? 'DESC' : 'ASC';
    const select = this.matching(query).offset(offset).limit(limit);
    for (const column of columns) select.addOrderBy(column, direction);
    if (key) {
      const names = key.map((_, index) => `:key${index}`).join(', ');
      select.andWhere(`(${columns.join(', ')}) ${descending ? '<' : '>'} (${names})`);
      key.forEach((value, index) => select.setParameter(`key${index}`, value));
    }
    return select.getMany();
  }

  /** Counts what matches, at most `max`. */
  async count(query: StockLevelFilter, max: number): Promise<number> {
    const [sql, parameters] = this.matching(query).select('1').limit(max).getQueryAndParameters();
    const [{ count }] = await this.levels.query<[{ count: number }]>(
      `select count(*) from (${sql}) capped`,
      parameters,
    );
    return count;
  }

  /**
   * Three disjoint classes that add up to the total. Low and out come from the alerts, which hold those products only; the
   * total is kept by Postgres' own count of an index, the size of the catalogue, not of the business.
   */
  async summary(): Promise<StockSummary> {
    const [row] = await this.levels.query<[{ total: number; low: number; out: number }]>(
      `select (select count(*) from inventory.stock_levels) as total,
              count(*) filter (where kind = 'low') as low, count(*) filter (where kind = 'out') as out
         from inventory.stock_alerts`,
    );
    return row;
  }

  private matching({ search, lowStock, outOfStock }: StockLevelFilter) {
    const select = this.levels.createQueryBuilder('level');
    if (lowStock) select.andWhere(`level.productId in (${LOW_STOCK_PRODUCTS})`);
    if (outOfStock) select.andWhere(`level.productId in (${OUT_OF_STOCK_PRODUCTS})`);
    if (search)
      select.andWhere(matchesSearch(`products.search_text(level.productName, level.productSku, '')`), { search });
    return select;
  }
}
