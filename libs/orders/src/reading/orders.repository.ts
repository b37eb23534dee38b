import { type HistoryQuery, type RowChange, type VersionRow, VersionsRepository } from '@app/audit';
import { CONFIG, type Config, isUuid, sortedPage, type Tx } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Brackets, In, IsNull, Not, Repository, type SelectQueryBuilder } from 'typeorm';
import { OrderNotFoundError, OrderVersionNotKeptError } from '../errors';
import { Order, TRACKED_ORDERS } from '../order.entity';
import { OrderLine } from '../order-line.entity';
import { ORDER_STATUSES } from '../order-status';
import { isLeftAlone, type StaleAfterMinutes, staleAfterMinutes } from '../staleness';
import type { OrderFilter, OrderQuery, OrderSort } from './order-query';
import type { SearchWord } from './order-search';
import { OrderSearchRepository } from './order-search.repository';
import { isByState, isOnPageByState } from './page-by-state';
import { type OrderVersion, type StatusChange, statusHistory } from './status-history';

export interface OrderDetail {
  order: Order;
  lines: OrderLine[];
  history: StatusChange[];
}

/** Of an order with more versions the detail shows how its status changed in the newest; its history has all of them, in pages. */
const VERSIONS_MAX = 1000;

/** What orders are sorted by before their id. Only these reach the SQL. */
const SORT_COLUMNS: Record<OrderSort, readonly string[]> = {
  created_at: ['o.createdAt'],
  status: ['o.status', 'o.createdAt'],
  total_amount: ['o.totalMinor'],
  updated_at: ['o.updatedAt'],
};

@Injectable()
export class OrdersRepository {
  private readonly deadlines: StaleAfterMinutes;

  constructor(
    @InjectRepository(Order) private readonly orders: Repository<Order>,
    @InjectRepository(OrderLine) private readonly lines: Repository<OrderLine>,
    private readonly versions: VersionsRepository,
    private readonly search: OrderSearchRepository,
    @Inject(CONFIG) config: Config,
  ) {
    this.deadlines = staleAfterMinutes(config);
  }

  async get(id: string): Promise<Order> {
    const order = await this.orders.findOneBy({ id });
    if (!order) throw new OrderNotFoundError(id);
    return order;
  }

  /** The order of a simple client that gave it this id of its own, which is its external reference. */
  async getByClientId(clientId: string): Promise<Order> {
    const order = await this.orders.findOneBy({ externalReference: clientId, userId: Not(IsNull()) });
    if (!order) throw new OrderNotFoundError(clientId);
    return order;
  }

  /** Whether a user placed this order, which is named by its id, or by the reference that a simple client gave it. */
  async isOf(userId: string, idOrReference: string): Promise<boolean> {
    return this.orders.existsBy(
      isUuid(idOrReference) ? { id: idOrReference, userId } : { externalReference: idOrReference, userId },
    );
  }

  /** Which of these ids are of orders that a user placed. */
  async findOwn(userId: string, ids: readonly string[]): Promise<Set<string>> {
    const own = await this.orders.find({ select: { id: true }, where: { id: In([...new Set(ids)]), userId } });
    return new Set(own.map(({ id }) => id));
  }

  /** An order with its lines and every change of its state: three statements, however many lines and changes. */
  async getDetail(id: string): Promise<OrderDetail> {
    const [order, lines, superseded] = await Promise.all([
      this.get(id),
      this.lines.find({ where: { orderId: id }, order: { lineNo: 'ASC' } }),
      this.versions.findSuperseded<OrderVersion>(TRACKED_ORDERS, id, VERSIONS_MAX),
    ]);
    const olderThanCurrent = superseded.filter(({ version }) => version < order.version);
    return { order, lines, history: statusHistory(olderThanCurrent, order) };
  }

  /**
   * The order as it was at a time, with its history until then. Throws OrderNotFoundError when it did not exist yet, and
   * OrderVersionNotKeptError when that version is cleaned up.
   */
  async getDetailAsOf(id: string, time: Date): Promise<OrderDetail> {
    const [row, ...older] = await this.versions.findUntil<OrderVersion>(TRACKED_ORDERS, id, time, VERSIONS_MAX);
    if (!row) {
      const { createdAt } = await this.get(id);
      throw createdAt <= time ? new OrderVersionNotKeptError(id) : new OrderNotFoundError(id);
    }
    const order = this.fromRow(row);
    const lines = await this.lines.find({ where: { orderId: id }, order: { lineNo: 'ASC' } });
    return { order, lines, history: statusHistory(older.reverse(), order) };
  }

  /** What changed in an order, by version, after the version given; each with the order as that version has it. */
  async getHistory(id: string, query: HistoryQuery): Promise<{ order: Order; change: RowChange }[]> {
    const changes = await this.versions.findChanges(TRACKED_ORDERS, id, query);
    return changes.map((change) => ({ order: this.fromRow(change.row), change }));
  }

  /** Counts the versions of an order, at most `max`; none for an order that never was. */
  async countHistory(id: string, max: number): Promise<number> {
    return this.versions.count(TRACKED_ORDERS, id, max);
  }

  /** The same as {@link getDetail}, as a transaction sees it: one connection does one thing after the other. */
  async getDetailIn(tx: Tx<'orders'>, id: string): Promise<OrderDetail> {
    const order = await tx.findOneByOrFail(Order, { id });
    const lines = await tx.find(OrderLine, { where: { orderId: id }, order: { lineNo: 'ASC' } });
    const superseded = await this.versions.findSuperseded<OrderVersion>(TRACKED_ORDERS, id, VERSIONS_MAX, tx);
    return { order, lines, history: statusHistory(superseded, order) };
  }

  /** The lines of several orders, each in their order: one statement, however many. */
  async findLines(orderIds: readonly string[]): Promise<Map<string, OrderLine[]>> {
    const lines = await this.lines.find({
      where: { orderId: In([...orderIds]) },
      order: { orderId: 'ASC', lineNo: 'ASC' },
    });
    const byOrder = new Map<string, OrderLine[]>(orderIds.map((id) => [id, []]));
    for (const line of lines) byOrder.get(line.orderId)!.push(line);
    return byOrder;
  }

  async find(query: OrderQuery): Promise<Order[]> {
    const direction = query.descending ? 'DESC' : 'ASC';
    const select = await this.onPage(query);
    for (const column of [...SORT_COLUMNS[query.sort ?? 'created_at'], 'o.id']) select.addOrderBy(column, direction);
    return select.limit(query.limit).getMany();
  }

  /** Counts what matches, at most `max`: a list costs the same at ten thousand and at ten million orders. */
  async count(filter: OrderFilter, max: number): Promise<number> {
    const words = await this.wordsOf(filter);
    const word = onlyWordOf(filter, words);
    if (word !== undefined) return this.search.count(word, max);
    const select = await this.matching(filter, words);
    const [sql, parameters] = select.select('1').limit(max).getQueryAndParameters();
    const [{ count }] = await this.orders.query<[{ count: number }]>(
      `select count(*) from (${sql}) capped`,
      parameters,
    );
    return count;
  }

  /** Selects a page, or what it can be cut from. */
  private async onPage(query: OrderQuery): Promise<SelectQueryBuilder<Order>> {
    if (isByState(query)) return this.orders.createQueryBuilder('o').where(...isOnPageByState(query));
    const words = await this.wordsOf(query);
    if (query.sort !== undefined && query.sort !== 'created_at')
      return this.withIds(await this.sortedIds(query, query.sort, words));
    const word = onlyWordOf(query, words);
    const { offset = 0, limit } = query;
    const found =
      word === undefined ? undefined : await this.search.findPage(word, { ...query, limit: offset + limit });
    const ids = found?.slice(offset);
    if (ids) return this.withIds(ids);
    const select = (await this.matching(query, words)).offset(offset);
    if (query.after)
      select.andWhere(`(o.createdAt, o.id) ${query.descending ? '<' : '>'} (:createdAt, :id)`, query.after);
    return select;
  }

  private withIds(ids: readonly unknown[]): SelectQueryBuilder<Order> {
    return this.orders.createQueryBuilder('o').where('o.id = any(cast(:ids as uuid[]))', { ids });
  }

  private async sortedIds(query: OrderQuery, ordering: OrderSort, words: readonly SearchWord[]): Promise<unknown[]> {
    const { descending, after, limit, offset } = query;
    const columns = [...SORT_COLUMNS[ordering], 'o.id'];
    const key = after && (ordering === 'status' ? [after.value, after.createdAt, after.id] : [after.value, after.id]);
    return sortedPage(await this.matching(query, words), { ordering, columns, descending, after: key, limit, offset });
  }

  /** The words of the search of a filter; none when it searches for nothing. */
  private async wordsOf({ search }: OrderFilter): Promise<SearchWord[]> {
    return search === undefined ? [] : this.search.wordsOf(search);
  }

  /** An entity of a kept row: the same columns, times as text. */
  private fromRow(row: VersionRow): Order {
    const order = new Order();
    for (const column of this.orders.metadata.columns) {
      const value = row[column.databaseName] ?? null;
      const isTime = column.type === 'timestamptz' && typeof value === 'string';
      column.setEntityValue(order, isTime ? new Date(value) : value);
    }
    return order;
  }

  private async matching(filter: OrderFilter, words: readonly SearchWord[]): Promise<SelectQueryBuilder<Order>> {
    const select = this.orders.createQueryBuilder('o');
    if (filter.statuses?.length) select.andWhere('o.status in (:...statuses)', { statuses: filter.statuses });
    if (filter.priority !== undefined) {
      select.andWhere('o.priority = :priority', { priority: filter.priority });
      // The index of priorities begins with the state.
      if (!filter.statuses?.length) select.andWhere('o.status in (:...statuses)', { statuses: ORDER_STATUSES });
    }
    if (filter.customerEmail !== undefined) await this.search.restrictToCustomer(select, filter.customerEmail);
    if (filter.search !== undefined) await this.search.restrict(select, words);
    // The index has only what looks like the id of an account: what else simple clients write there would cost each order an entry.
    if (filter.userId !== undefined)
      select.andWhere('o.userId = :userId and char_length(o.userId) = 36', { userId: filter.userId });
    if (filter.from) select.andWhere('o.createdAt >= :from', { from: filter.from });
    if (filter.to) select.andWhere('o.createdAt < :to', { to: filter.to });
    if (filter.staleOnly) this.restrictToStale(select);
    return select;
  }

  private restrictToStale(select: SelectQueryBuilder<Order>): void {
    select.andWhere(
      new Brackets((any) => {
        for (const [status, minutes] of Object.entries(this.deadlines))
          any.orWhere(`(o.status = '${status}' and o.statusSince < now() - :${status}Minutes * interval '1 minute')`, {
            [`${status}Minutes`]: minutes,
          });
      }),
    );
    select.andWhere(isLeftAlone('o.id', ':pendingMinutes'));
  }
}

/** The word of a search for nothing else; undefined for other filters, and for those that search for several. */
function onlyWordOf(
  { statuses, priority, customerEmail, userId, staleOnly, from, to }: OrderFilter,
  words: readonly SearchWord[],
): SearchWord | undefined {
  const isFiltered =
    statuses?.length ||
    priority !== undefined ||
    customerEmail !== undefined ||
    userId !== undefined ||
    staleOnly ||
    from ||
    to;
  return isFiltered || words.length !== 1 ? undefined : words[0];
}
