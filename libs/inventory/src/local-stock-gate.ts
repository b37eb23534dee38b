import { prepared, savepoint, type Tx, violatedConstraint, WAITS_BRIEFLY } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BlockedStock } from './blocked-stock';
import { type LockedLevel, LockedStock } from './locked-stock';
import { OptimisticReservations } from './optimistic-reservations';
import { ReadStock } from './read-stock';
import { ReservationState } from './reservation-state';
import type { ReservedUnits } from './stock-changes';
import { StockGate, type StockRequest } from './stock-gate';
import { lockSeconds } from './stock-lock-metric';

const LEVEL_COLUMNS = `level.product_id as "productId", level.on_hand as "onHand", level.reserved,
  level.maximum_capacity as "maximumCapacity", (extract(epoch from now()::timestamptz(3)) * 1000)::bigint as "lockedAtMs"`;
const NEVER_OVERSOLD = ['stock_levels_never_oversold', 'stock_movements_never_oversold'];

type LevelRow = LockedLevel & { lockedAtMs: number };

/** The stock of this database, in the transaction of the caller. */
@Injectable()
export class LocalStockGate extends StockGate {
  constructor(
    private readonly dataSource: DataSource,
    readonly blocked: BlockedStock,
  ) {
    super();
  }

  /**
   * Always in ascending product id: two transactions that share products then wait for each other instead of deadlocking (unsorted,
   * 3 lines over 6 products: 5 deadlocks in 3 s). Products without stock are missing from the result.
   */
  async lock(tx: Tx<'inventory'>, productIds: readonly number[], { briefly = false } = {}): Promise<LockedStock> {
    const endTimer = lockSeconds.startTimer();
    const rows = await prepared<LevelRow[]>(
      tx,
      `select ${LEVEL_COLUMNS} from inventory.stock_levels level
        where level.product_id = any($1::bigint[])${briefly ? ` and ${WAITS_BRIEFLY}` : ''} order by level.product_id for update`,
      [productIds],
    );
    endTimer();
    return new LockedStock(rows, transactionTimeOf(rows));
  }

  lockPatiently(tx: Tx<'inventory'>, productIds: readonly number[]): Promise<LockedStock> {
    return this.blocked.insist(productIds, () => savepoint(tx, () => this.lock(tx, productIds, { briefly: true })));
  }

  async read(tx: Tx<'inventory'>, productIds: readonly number[]): Promise<ReadStock> {
    const rows = await tx.query<LevelRow[]>(
      `select ${LEVEL_COLUMNS} from inventory.stock_levels level where level.product_id = any($1::bigint[])`,
      [productIds],
    );
    return new ReadStock(rows, transactionTimeOf(rows));
  }

  reserveOptimistically(orders: readonly StockRequest[], { briefly }: { briefly: boolean }): OptimisticReservations {
    return new OptimisticReservations(orders, briefly);
  }

  fellShort(error: unknown): boolean {
    return NEVER_OVERSOLD.includes(violatedConstraint(error) ?? '');
  }

  /** In ascending product id, and with what the orders reserve of it in the same round trip. */
  async lockReservedBy(tx: Tx<'inventory'>, orderIds: readonly string[]): Promise<LockedStock> {
    const endTimer = lockSeconds.startTimer();
    const rows = await prepared<(LevelRow & { held: { order_id: string; quantity: number }[] })[]>(
      tx,
      `with held as materialized (
         select order_id, product_id, quantity from inventory.reservations where order_id = any($1::uuid[]) and state = '${ReservationState.held}')
       select ${LEVEL_COLUMNS},
              (select json_agg(held order by order_id) from held where held.product_id = level.product_id) as held
         from inventory.stock_levels level
        where level.product_id in (select product_id from held)
        order by level.product_id
          for update of level`,
      [orderIds],
    );
    endTimer();
    const byOrder = new Map<string, ReservedUnits[]>();
    for (const { productId, held } of rows)
      for (const { order_id: orderId, quantity } of held) {
        const reservations = byOrder.get(orderId) ?? [];
        reservations.push({ orderId, productId, quantity });
        byOrder.set(orderId, reservations);
      }
    return new LockedStock(rows, transactionTimeOf(rows), byOrder);
  }

  async findReservedBy(orderIds: readonly string[]): Promise<Map<string, number[]>> {
    const rows = await this.dataSource.query<{ id: string; products: number[] }[]>(
      `select order_id as id, json_agg(product_id order by product_id) as products from inventory.reservations
        where order_id = any($1::uuid[]) and state = '${ReservationState.held}' group by order_id`,
      [orderIds],
    );
    return new Map(rows.map(({ id, products }) => [id, products]));
  }
}

/** A number in each row, made a time once: the driver would parse a time in every one. */
function transactionTimeOf([first]: readonly LevelRow[]): Date | undefined {
  return first && new Date(first.lockedAtMs);
}
